/** Requests for an operation: as described, with one thing wrong, or made to do harm. */
import fc from 'fast-check';
import type { Operation } from './description.fixture.ts';
import { oddTexts, type Schema, spoiled, validValues } from './values.fixture.ts';

export interface Asked {
  readonly method: string;
  /** With its query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** `known`: names of things that there are, so that not all of it ends in 404. */
export function requestsFor(operation: Operation, known: readonly string[]): fc.Arbitrary<Asked> {
  const asked = (wish: Wish) => requestFrom(operation, wish);
  const valid = wishesFor(operation, known);
  const hostile = fc.record({
    ...{
      params: fc.func(oddTexts),
      query: fc.func(oddTexts),
      body: rawBodies,
      type: fc.constantFrom(JSON_TYPE, 'text/plain', ''),
    },
    key: fc.option(visible, { nil: undefined }),
  });
  return fc.oneof(
    { weight: 5, arbitrary: valid.map(asked) },
    { weight: 3, arbitrary: nearly(operation, known).map(asked) },
    {
      weight: 2,
      arbitrary: hostile.map(({ params, query, ...rest }) => asked({ ...rest, ...strange(operation, params, query) })),
    },
  );
}

interface Wish {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** undefined: none. */
  readonly body: string | undefined;
  readonly type: string;
  readonly key: string | undefined;
}

const JSON_TYPE = 'application/json';
/** What a header can hold at all. */
const visible = fc.stringMatching(/^[\x21-\x7e]{1,20}$/);

function wishesFor({ described }: Operation, known: readonly string[]): fc.Arbitrary<Wish> {
  const schema = described.requestBody?.content[JSON_TYPE]?.schema;
  return fc.record({
    params: parametersIn(described, 'path', known),
    query: parametersIn(described, 'query', known),
    body: schema ? validValues(schema, known).map((it) => JSON.stringify(it)) : fc.constant(undefined),
    type: fc.constant(JSON_TYPE),
    key: fc.option(visible, { nil: undefined, freq: 4 }),
  });
}

function parametersIn(described: Operation['described'], place: string, known: readonly string[]) {
  const its = (described.parameters ?? []).filter((it) => it.in === place);
  // A path of files is known by its end.
  const knownAs = (name: string) => (name === 'path' ? known.filter((it) => it.endsWith('.json')) : known);
  const values = its.map((it) => [it.name, validValues(it.schema, place === 'path' ? knownAs(it.name) : [])] as const);
  const requiredKeys = its.filter((it) => it.required).map((it) => it.name);
  return fc.record(Object.fromEntries(values), { requiredKeys, noNullPrototype: true });
}

function nearly(operation: Operation, known: readonly string[]): fc.Arbitrary<Wish> {
  const schema = operation.described.requestBody?.content[JSON_TYPE]?.schema as Schema | undefined;
  const query = spoiled(parametersIn(operation.described, 'query', [])).map((it) => it as Wish['query']);
  const valid = wishesFor(operation, known);
  if (!schema) return fc.tuple(valid, query).map(([wish, other]) => ({ ...wish, query: other }));
  const bodies = spoiled(validValues(schema, known)).map((it) => JSON.stringify(it));
  return fc.tuple(valid, bodies).map(([wish, body]) => ({ ...wish, body }));
}

function strange({ described }: Operation, params: (name: string) => string, query: (name: string) => string) {
  const its = described.parameters ?? [];
  const named = (place: string, value: (name: string) => string) =>
    Object.fromEntries(its.filter((it) => it.in === place).map((it) => [it.name, value(it.name)]));
  return { params: named('path', params), query: named('query', query) };
}

const rawBodies = fc.oneof(
  fc.constantFrom(undefined, '', '{', 'null', '[]', '"x"', '{"a":1,"a":2}', '{"__proto__":{"admin":true}}', '\ufeff{}'),
  fc.constantFrom(
    `[${'['.repeat(10_000)}`,
    `{"a":"${'x'.repeat(300_000)}"}`,
    '1e999',
    '{"constructor":{"prototype":{}}}',
  ),
  fc.string({ maxLength: 50 }),
);

function requestFrom({ method, path }: Operation, { params, query, body, type, key }: Wish): Asked {
  const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) => encoded(params[name]));
  const words = Object.entries(query ?? {}).map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  const sent = method === 'GET' ? undefined : body;
  return {
    method,
    target: `${filled}${words.length === 0 ? '' : `?${words.join('&')}`}`,
    headers: {
      ...(sent !== undefined && type !== '' && { 'content-type': type }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    body: sent,
  };
}

/** Something always stands there, and in whole characters: without it the address would be that of another operation. */
function encoded(value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const word = encodeURIComponent(Buffer.from(text).toString()).replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E'));
  return word === '' ? '%20' : word;
}
