/**
 * Values as bad as their schema lets them be, worked out of the schema: every field is there, and every text that may be
 * free holds a canary. A field that is new is in it by itself; a pattern that none of the texts here fits is an error.
 */

export const CANARY =
  '<img src=x onerror="window.owned=1"><script>window.owned=1</script>"\'>javascript:window.owned=1 ' +
  '[x](javascript:owned) ![x](https://foreign.example/x.png) https://foreign.example/ \u001b[31m\u001b]8;;https://foreign.example\u0007x\u001b]8;;\u0007 ' +
  '\u202Egnp.exe\u200B __proto__ \u0024{7*7} {{7*7}}';

/** What is short takes a short one, and what may hold no blank one without. */
const CANARIES = [
  CANARY,
  '<img src=x onerror=owned=1>\u202E',
  '<img/src=x/onerror=owned=1>',
  '"onerror=owned=1//\u202E',
  'javascript:owned=1',
  '<b onclick=owned=1>',
  `passed ${'a'.repeat(12)} <img src=x onerror=owned=1>`,
];
/** For texts of a form: nothing that does harm fits them. */
const PLAIN = [
  'x1',
  'a'.repeat(40),
  'a'.repeat(64),
  'a'.repeat(16),
  'a'.repeat(32),
  'a'.repeat(128),
  'files/x1',
  'OWNED',
  'git>=2',
  '0 3 * * *',
  'https://git.example/x1.git',
  'build-success-main-20260301T120000Z',
  `age1${'q'.repeat(58)}`,
  '2026-03-01T12:00:00.000Z',
  `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  'https://traces.example/{traceId}',
  'Developer@team-a',
];

type Schema = Readonly<Record<string, unknown>>;
type Fields = Readonly<Record<string, unknown>>;

/** `sample`: what is so by need (ids, times, numbers, how many) and stays. */
export function hostileOf(schema: Schema, sample?: unknown): unknown {
  const branches = schema.anyOf as readonly Schema[] | undefined;
  if (branches) return hostileOf(branchFor(branches, sample), sample);
  if (Array.isArray(schema.enum)) return schema.enum.includes(sample) ? sample : schema.enum.find((it) => it !== null);
  const type = typesOf(schema).find((it) => it !== 'null');
  if (type === 'object') return objectOf(schema, isFields(sample) ? sample : {});
  if (type === 'array') return arrayOf(schema, Array.isArray(sample) ? sample : []);
  if (type === 'string') return textOf(schema, sample);
  if (type === 'boolean') return typeof sample === 'boolean' ? sample : true;
  return typeof sample === 'number' ? sample : ((schema.minimum as number | undefined) ?? 1);
}

const typesOf = ({ type }: Schema): readonly unknown[] => (Array.isArray(type) ? type : [type]);
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The one that the sample is of; null is never as bad as anything else. */
function branchFor(branches: readonly Schema[], sample: unknown): Schema {
  const some = branches.filter((it) => !typesOf(it).includes('null'));
  const kind = Array.isArray(sample) ? 'array' : sample === null ? 'none' : typeof sample;
  const fits = some.find((it) => typesOf(it).includes(kind));
  return fits ?? some[0] ?? (branches[0] as Schema);
}

function objectOf({ properties = {}, additionalProperties, propertyNames = {} }: Schema, sample: Fields): Fields {
  const known = Object.entries(properties as Record<string, Schema>).map(
    ([name, inner]) => [name, hostileOf(inner, sample[name])] as const,
  );
  if (!isFields(additionalProperties)) return Object.fromEntries(known);
  const others = Object.entries(sample).filter(([name]) => !Object.hasOwn(properties as object, name));
  const added = [...others, [textOf(propertyNames as Schema, undefined), undefined] as const];
  return Object.fromEntries([
    ...known,
    ...added.map(([name, value]) => [name, hostileOf(additionalProperties, value)] as const),
  ]);
}

function arrayOf({ items = {}, minItems = 1, uniqueItems }: Schema, sample: readonly unknown[]): readonly unknown[] {
  const all = sample.length > 0 ? sample : Array.from({ length: Math.max(1, minItems as number) });
  const made = all.map((it) => hostileOf(items as Schema, it));
  return uniqueItems ? [...new Map(made.map((it) => [JSON.stringify(it), it])).values()] : made;
}

function textOf({ maxLength = Number.POSITIVE_INFINITY, pattern, format }: Schema, sample: unknown): string {
  const form = pattern === undefined ? undefined : new RegExp(pattern as string, 'u');
  const isTime = format !== undefined;
  const fits = (text: string): boolean =>
    [...text].length <= (maxLength as number) &&
    (form?.test(text) ?? true) &&
    (!isTime || /^\d{4}-\d\d-\d\dT.*Z$/.test(text));
  const own = typeof sample === 'string' ? [sample] : [];
  const found = (isTime ? [...own, ...PLAIN] : [...CANARIES, ...own, ...PLAIN]).find(fits);
  if (found === undefined)
    throw new Error(`no text fits ${pattern ?? format}, of at most ${maxLength}: add one to hostile.ts`);
  return found;
}
