/**
 * What the router's list of routes cannot say, put right in the description that is made from it: what a path ends in has a name
 * (`/{path}`, not `/{*}`), an answer without a body has none, a body that may be left out need not be sent, and what has a title
 * is described once, under that name, for those who make types of it.
 */
type Json = Record<string, unknown>;
interface Operation extends Json {
  readonly parameters?: readonly { readonly name: string }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: { readonly type?: unknown } }>>;
  };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Json }>> }>
  >;
}
type Components = { readonly schemas?: Readonly<Record<string, Json>> };
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

export function tidy<T extends object>(description: T): T {
  const { paths = {}, components = {} } = description as { readonly paths?: Paths; readonly components?: Components };
  const named: Record<string, Json> = { ...components.schemas };
  const tidied = Object.entries(paths).map(([path, methods]) => [
    path.replace('{*}', '{path}'),
    Object.fromEntries(Object.entries(methods).map(([method, it]) => [method, tidyOperation(it, named)])),
  ]);
  return { ...description, components: { ...components, schemas: named }, paths: Object.fromEntries(tidied) };
}

function tidyOperation(
  { parameters, requestBody, responses, ...rest }: Operation,
  named: Record<string, Json>,
): object {
  return {
    ...rest,
    ...(parameters && { parameters: parameters.map((it) => (it.name === '*' ? { ...it, name: 'path' } : it)) }),
    ...(requestBody && { requestBody: { ...requestBody, required: !mayBeNothing(requestBody) } }),
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, it]) => [status, byName(tidyAnswer(it), named)]),
    ),
  };
}

const mayBeNothing = ({ content }: NonNullable<Operation['requestBody']>): boolean =>
  Object.values(content).some(({ schema: { type } }) => Array.isArray(type) && type.includes('null'));

function tidyAnswer({ content, ...rest }: Operation['responses'][string]): object {
  // Where nothing was said of a body, the library makes one of which nothing but the description is known.
  const schemas = Object.values(content ?? {}).map((it) => it.schema ?? {});
  const hasBody = schemas.some((it) => Object.keys(it).some((keyword) => keyword !== 'description'));
  return hasBody ? { ...rest, content } : rest;
}

/** Schemas with a title go into `named`, and a reference stands where they were. */
function byName(part: unknown, named: Record<string, Json>): unknown {
  if (Array.isArray(part)) return part.map((it) => byName(it, named));
  if (typeof part !== 'object' || part === null) return part;
  const whole = Object.fromEntries(Object.entries(part).map(([name, it]) => [name, byName(it, named)]));
  if (typeof whole.title !== 'string') return whole;
  const name = nameOf(whole.title);
  named[name] = whole;
  return { $ref: `#/components/schemas/${name}` };
}

/** `gityard read-model` of our published schemas is ReadModel. */
const nameOf = (title: string): string =>
  title
    .replace(/^gityard /, '')
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
