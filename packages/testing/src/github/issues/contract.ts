/**
 * Holds requests and answers against GitHub's published description of its API: an endpoint, a status, a parameter or a field
 * that it does not know is a finding, on either side. What no endpoint lists because all of them have it stands here.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ValidateFunction } from 'ajv/dist/2020.js';

export interface Exchange {
  readonly method: string;
  /** With its query, below the address of the API. */
  readonly path: string;
  /** undefined: none. */
  readonly sent: unknown;
  readonly status: number;
  readonly received: unknown;
}

type Schema = Record<string, unknown>;
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Schema;
  readonly $ref?: string;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Record<string, { readonly content?: Content; readonly $ref?: string }>;
}
type Content = Record<string, { readonly schema: Schema }>;
interface Description {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: Record<string, Record<string, unknown>>;
}

const ID = 'github';
/** Missing and wrong credentials, limits, an answer that is as before, and outages: documented for all endpoints at once. */
const EVERYWHERE: Readonly<Record<number, string>> = {
  304: '',
  401: 'basic-error',
  403: 'basic-error',
  429: 'basic-error',
  500: 'basic-error',
  502: 'basic-error',
  503: 'basic-error',
};

/** Loaded with the first exchange: most specs that stand in this package's worlds ask no GitHub. */
const description = once(
  () =>
    JSON.parse(
      readFileSync(new URL('../../../src/github/issues/github-openapi.json', import.meta.url), 'utf8'),
    ) as Description,
);
const judge = once(() => {
  const load = createRequire(import.meta.url);
  const { Ajv2020 } = load('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  const formats = load('ajv-formats') as typeof import('ajv-formats');
  const ajv = new Ajv2020({ strict: false, allErrors: false, coerceTypes: false });
  formats.default(ajv);
  ajv.addFormat('int64', true);
  return ajv.addSchema(description(), ID);
});
const checks = new Map<string, ValidateFunction>();

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Everything that the description does not allow, as sentences; none: all is well. */
export function contractProblems({ method, path, sent, status, received }: Exchange): readonly string[] {
  const url = new URL(path, 'http://github.example');
  const found = Object.entries(description().paths).find(([it]) => patternOf(it).test(url.pathname));
  const operation = found?.[1][method.toLowerCase()];
  if (!found || !operation) return [`${method} ${url.pathname}: no such endpoint`];
  const at = ['paths', found[0], method.toLowerCase()];
  const asked = `${method} ${found[0]}`;
  return [
    ...queryProblems(url.searchParams, operation),
    ...bodyProblems(operation, at, sent),
    ...answerProblems(operation, { at, status, received }),
  ].map((it) => `${asked}: ${it}`);
}

/** Only the name of a ref may have slashes in it. */
const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replace(/\{([^}]+)\}/g, (_, name) => (name === 'ref' ? '.+' : '[^/]+'))}$`);

function queryProblems(query: URLSearchParams, { parameters = [] }: Operation): string[] {
  const known = new Map(
    parameters
      .map(resolved)
      .filter((it) => it.in === 'query')
      .map((it) => [it.name, it]),
  );
  return [...query].flatMap(([name, text]) => {
    const parameter = known.get(name);
    if (!parameter) return [`there is no parameter ${name}`];
    const value = parameter.schema.type === 'integer' ? Number(text) : text;
    return judge().validate(parameter.schema, value) ? [] : [`${name}=${text} ${judge().errorsText()}`];
  });
}

function resolved(parameter: Parameter): Parameter {
  const [, kind = '', name = ''] = /^#\/components\/(\w+)\/(.+)$/.exec(parameter.$ref ?? '') ?? [];
  return kind === '' ? parameter : (description().components[kind]?.[name] as Parameter);
}

function bodyProblems({ requestBody }: Operation, at: readonly string[], sent: unknown): string[] {
  if (sent === undefined) return requestBody?.required ? ['a body is required'] : [];
  if (!requestBody) return ['no body is expected'];
  const place = [...at, 'requestBody', 'content', 'application/json', 'schema'];
  const { properties } = requestBody.content['application/json']?.schema ?? {};
  const unknown = properties
    ? Object.keys(sent as object).filter((it) => !Object.hasOwn(properties as object, it))
    : [];
  return [...unknown.map((it) => `there is no field ${it}`), ...problems(place, sent).map((it) => `sent: ${it}`)];
}

interface Answer {
  readonly at: readonly string[];
  readonly status: number;
  readonly received: unknown;
}

function answerProblems({ responses }: Operation, { at, status, received }: Answer): string[] {
  const response = responses[`${status}`];
  if (!response) return generalProblems(status, received);
  const [, kind = '', name = ''] = /^#\/components\/(\w+)\/(.+)$/.exec(response.$ref ?? '') ?? [];
  const real = kind === '' ? response : (description().components[kind]?.[name] as typeof response);
  if (!real.content) return received === undefined ? [] : [`an answer ${status} has no body`];
  const place = kind === '' ? [...at, 'responses', `${status}`] : ['components', kind, name];
  return problems([...place, 'content', 'application/json', 'schema'], received).map(
    (it) => `answered ${status}: ${it}`,
  );
}

function generalProblems(status: number, received: unknown): string[] {
  const schema = EVERYWHERE[status];
  if (schema === undefined) return [`there is no answer ${status}`];
  if (schema === '') return received === undefined ? [] : [`an answer ${status} has no body`];
  return problems(['components', 'schemas', schema], received).map((it) => `answered ${status}: ${it}`);
}

function problems(place: readonly string[], value: unknown): string[] {
  const pointer = place.map((it) => encodeURIComponent(it.replace(/~/g, '~0').replace(/\//g, '~1'))).join('/');
  const check = checks.get(pointer) ?? judge().compile({ $ref: `${ID}#/${pointer}` });
  checks.set(pointer, check);
  return check(value) ? [] : [judge().errorsText(check.errors)];
}

/** The least that the description takes for a value of that schema; whoever answers fills in what it knows. */
export function leastOf(name: string): Record<string, unknown> {
  return least({ $ref: `#/components/schemas/${name}` }) as Record<string, unknown>;
}

function least(schema: Schema): unknown {
  const { $ref, type, enum: words, properties = {}, required = [], oneOf, anyOf, allOf, format } = schema;
  if (typeof $ref === 'string')
    return least(description().components.schemas?.[$ref.split('/').at(-1) ?? ''] as Schema);
  if (Array.isArray(words)) return words[0];
  const [first] = [oneOf, anyOf, allOf].flatMap((it) => (Array.isArray(it) ? it : []));
  if (first) return least(first as Schema);
  if (Array.isArray(type)) return null;
  if (type === 'object') {
    const fields = (required as string[]).map((it) => [it, least((properties as Record<string, Schema>)[it] ?? {})]);
    return Object.fromEntries(fields);
  }
  if (type === 'array') return [];
  if (type === 'string') return format === 'date-time' ? '2026-01-01T00:00:00Z' : 'https://github.example/';
  return type === 'boolean' ? false : 1;
}
