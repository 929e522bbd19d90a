import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCHEMAS, type SchemaName } from './entities/list.ts';
import { publishedSchema } from './entities/published-schema.ts';
import { type Schema, validatorOf } from './interpret-schema.ts';
import { validate } from './validate.ts';
import { validateWith } from './validate-with.ts';

const names = Object.keys(SCHEMAS) as SchemaName[];

describe('a schema that is read', () => {
  it.each(names)('judges a %s as the compiled one does, fills in the same, and complains in the same words', (name) => {
    const schema = publishedSchema(name) as Schema;
    const read = validatorOf(schema);
    let good = 0;

    fc.assert(
      fc.property(valueFor(schema), (value) => {
        const [mine, theirs] = [structuredClone(value), structuredClone(value)];
        const compiled = validate(name, theirs);
        good += Number(compiled.ok);
        expect(validateWith(read, mine)).toEqual(compiled);
      }),
      { numRuns: 150, seed: 7 },
    );
    expect(good).toBeGreaterThan(0);
  });

  it.each([
    '2026-03-01T12:00:00Z',
    '2026-02-29T12:00:00Z',
    '2024-02-29T12:00:00Z',
    '2000-02-29t12:00:00z',
    '1900-02-29T12:00:00Z',
    '2026-04-31T12:00:00Z',
    '2026-12-31T23:59:60Z',
    '2026-12-31T23:58:60Z',
    '2026-07-01T01:59:60+02:00',
    '2026-03-01T12:00:00',
    '2026-03-01 12:00:00.123456Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T12:60:00Z',
    '2026-03-01T12:00:00+24:00',
    '2026-13-01T12:00:00Z',
    '2026-03-01T12:00:00+0530',
    '2026-03-01T12:00:00-05',
    '2026-08-31T12:00:00Z',
    '2026-07-31T12:00:00Z',
    '2026-09-31T12:00:00Z',
    '',
  ])('knows a time from what is none: %s', (time) => {
    const beat = { agent: 'a', boot: 'b', beat: 1, at: time, nextBeatBy: '2026-03-01T12:00:00Z', host: 'h', pid: 1 };
    const read = validatorOf(publishedSchema('heartbeat') as Schema);

    expect(validateWith(read, { ...beat })).toEqual(validate('heartbeat', { ...beat }));
  });

  it('refuses a keyword that it does not know, instead of letting everything through', () => {
    expect(() => validatorOf({ type: 'string', contains: {} })('')).toThrow('contains');
  });
});

/** Mostly what the schema wants, and now and then something else, so that both verdicts come. */
function valueFor(schema: Schema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 60, arbitrary: fittingFor(schema) }, { weight: 1, arbitrary: odd });
}

const odd = fc.oneof(
  fc.constantFrom(null, -1, 1.5, 1e300, '', 'ä', '../x', [], {}, ['a', 'a'], true, { __odd: 1 }, 'x'.repeat(300)),
  fc.jsonValue({ maxDepth: 1 }),
);

function fittingFor(schema: Schema): fc.Arbitrary<unknown> {
  const {
    type,
    enum: values,
    properties,
    required,
    items,
    additionalProperties,
  } = schema as {
    type?: string | string[];
    enum?: unknown[];
    properties?: Record<string, Schema>;
    required?: string[];
    items?: Schema;
    additionalProperties?: Schema | boolean;
  };
  if (values) return fc.constantFrom(...values);
  const kinds = [type].flat();
  const kind = kinds[0];
  if (kinds.length > 1) return fc.oneof(...kinds.map((it) => fittingFor({ ...schema, type: it })));
  if (kind === 'string') return textFor(schema);
  if (kind === 'integer')
    return fc.integer({
      min: Math.max(0, Number(schema.minimum ?? 0)),
      max: Math.min(1e6, Number(schema.maximum ?? 1e6)),
    });
  if (kind === 'number') return fc.double({ min: 0, max: 100, noNaN: true });
  if (kind === 'boolean') return fc.boolean();
  if (kind === 'null') return fc.constant(null);
  if (kind === 'array')
    return fc.array(valueFor(items ?? {}), { minLength: Number(schema.minItems ?? 0), maxLength: 2 });
  if (kind !== 'object') return fc.jsonValue({ maxDepth: 1 });
  const named = fc.record(
    Object.fromEntries(Object.entries(properties ?? {}).map(([key, inner]) => [key, valueFor(inner)])),
    { requiredKeys: required ?? [] },
  );
  if (typeof additionalProperties !== 'object') return named;
  const others = fc.dictionary(fc.constantFrom('a', 'main', 'x/y', 'é'), valueFor(additionalProperties), {
    maxKeys: 2,
  });
  return fc.tuple(others, named).map(([all, known]) => ({ ...all, ...known }));
}

function textFor({ format, pattern }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time') return fc.constantFrom('2026-03-01T12:00:00.000Z', '2026-03-01T12:00:00+01:00');
  const some = fc.constantFrom(
    'a',
    'main',
    'mac-1',
    '01kar8qz0',
    '2026-03-01T12',
    'a'.repeat(40),
    'b'.repeat(64),
    'https://git.example/x.git',
    `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    'AA',
    'build step',
  );
  if (typeof pattern !== 'string' || pattern.includes('(?')) return some;
  return fc.oneof(
    { weight: 9, arbitrary: fc.stringMatching(new RegExp(pattern, 'u')) },
    { weight: 1, arbitrary: some },
  );
}
