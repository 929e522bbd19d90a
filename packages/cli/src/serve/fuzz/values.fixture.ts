/** Values of a JSON Schema 2020-12, as far as our descriptions use it; the same with one thing wrong; and what nobody means well with. */
import fc from 'fast-check';

export type Schema = Readonly<Record<string, unknown>>;

/** Mostly valid: of a text with both a pattern and a format only the pattern is followed. */
export function validValues(schema: Schema, known: readonly string[] = []): fc.Arbitrary<unknown> {
  const { const: constant, enum: words, anyOf, oneOf, allOf, type } = schema;
  if ('const' in schema) return fc.constant(constant);
  if (Array.isArray(words)) return fc.constantFrom(...words);
  const either = (anyOf ?? oneOf) as readonly Schema[] | undefined;
  if (either) return fc.oneof(...either.map((it) => validValues(it, known)));
  if (Array.isArray(allOf)) return validValues(Object.assign({}, ...allOf), known);
  const types = Array.isArray(type) ? (type as string[]) : [String(type ?? 'any')];
  return fc.oneof(...types.map((it) => valuesOfType(it, schema, known)));
}

function valuesOfType(type: string, schema: Schema, known: readonly string[]): fc.Arbitrary<unknown> {
  const { minimum = -1e6, maximum = 1e6 } = schema as { minimum?: number; maximum?: number };
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: Math.ceil(minimum), max: Math.floor(Math.max(minimum, maximum)) });
    case 'number':
      return fc.double({ min: minimum, max: Math.max(minimum, maximum), noNaN: true });
    case 'string':
      return texts(schema, known);
    case 'array':
      return fc.array(validValues((schema.items ?? {}) as Schema, known), {
        minLength: Number(schema.minItems ?? 0),
        maxLength: Math.max(Number(schema.minItems ?? 0), 3),
      });
    case 'object':
      return objects(schema, known);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function texts({ pattern, format, minLength = 0, maxLength = 40 }: Schema, known: readonly string[]) {
  const least = Number(minLength);
  const free = fc.string({ minLength: least, maxLength: Math.max(least, Math.min(Number(maxLength), 60)) });
  if (format !== undefined && typeof pattern !== 'string') return formatted(String(format));
  const own = typeof pattern === 'string' ? matching(pattern, free) : free;
  const fitting = typeof pattern === 'string' ? known.filter((it) => new RegExp(pattern, 'u').test(it)) : known;
  return fitting.length === 0 ? own : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...fitting) }, own);
}

/** Not every pattern can be turned round. */
function matching(pattern: string, otherwise: fc.Arbitrary<string>): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'));
  } catch {
    return otherwise;
  }
}

function formatted(format: string): fc.Arbitrary<string> {
  if (format === 'email') return fc.emailAddress();
  if (format === 'uri') return fc.webUrl();
  if (format === 'uuid') return fc.uuid();
  const [min, max] = [new Date('2020-01-01'), new Date('2040-01-01')];
  return fc.date({ min, max, noInvalidDate: true }).map((it) => it.toISOString());
}

function objects({ properties = {}, required = [], additionalProperties }: Schema, known: readonly string[]) {
  const fields = Object.entries(properties as Record<string, Schema>).map(
    ([name, schema]) => [name, validValues(schema, known)] as const,
  );
  const named = fc.record(Object.fromEntries(fields), { requiredKeys: required as string[], noNullPrototype: true });
  if (fields.length > 0 || typeof additionalProperties !== 'object') return named;
  return fc.dictionary(fc.string({ maxLength: 10 }), validValues(additionalProperties as Schema, known), {
    maxKeys: 3,
  });
}

/** Texts that parsers, paths, logs and prototypes stumble over. */
const ODD = [
  ...[
    '',
    ' ',
    '.',
    '..',
    '../../etc/passwd',
    '/etc/passwd',
    '\\',
    '%00',
    '%2e%2e',
    '%',
    '%zz',
    '*',
    '?',
    '#',
    '&',
    ';',
  ],
  ...[
    '__proto__',
    'constructor',
    'hasOwnProperty',
    'toString',
    'null',
    'undefined',
    'NaN',
    '-1',
    '1e999',
    '0x10',
    'true',
  ],
  ...[
    '\u0000',
    '\r\nset-cookie: a=b',
    '\u202e',
    '\ud800',
    '\ufeff',
    '🙂',
    'İ',
    "' OR 1=1 --",
    '<script>',
    '$' + '{7*7}',
    '{{7*7}}',
  ],
  ...[
    'refs/heads/yard',
    '-rf',
    '--upload-pack=x',
    'file:///etc/passwd',
    'ext::sh -c id',
    'x'.repeat(300),
    'x'.repeat(5_000),
  ],
];
export const oddTexts = fc.oneof(
  fc.constantFrom(...ODD),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);

const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: [nested(depth - 1)] });

const OTHERS = fc.oneof(
  oddTexts,
  fc.constantFrom<unknown>(null, true, -1, 1e21, 0.5, [], {}, [[]], { a: { b: 1 } }, nested(60)),
  fc.jsonValue({ maxDepth: 3 }),
);

/** The same with one field of it gone, another, or one too many. */
export function spoiled(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(values, fc.nat(), OTHERS, fc.constantFrom('gone', 'other', 'more')).map(([value, at, other, how]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return other;
    const entries = Object.entries(value);
    if (how === 'more' || entries.length === 0)
      return { ...value, [typeof other === 'string' ? other : 'more']: other };
    const chosen = at % entries.length;
    if (how === 'gone') return Object.fromEntries(entries.filter((_, index) => index !== chosen));
    return Object.fromEntries(entries.map(([name, it], index) => [name, index === chosen ? other : it]));
  });
}
