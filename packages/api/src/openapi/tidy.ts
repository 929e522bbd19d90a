/**
 * What the router's list of routes cannot say, put right in the description that is made from it: what a path ends in has a name
 * (`/{path}`, not `/{*}`), an answer without a body has none, and a body that may be left out need not be sent.
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
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

export function tidy<T extends object>(description: T): T {
  const { paths = {} } = description as { readonly paths?: Paths };
  const tidied = Object.entries(paths).map(([path, methods]) => [
    path.replace('{*}', '{path}'),
    Object.fromEntries(Object.entries(methods).map(([method, it]) => [method, tidyOperation(it)])),
  ]);
  return { ...description, paths: Object.fromEntries(tidied) };
}

function tidyOperation({ parameters, requestBody, responses, ...rest }: Operation): object {
  return {
    ...rest,
    ...(parameters && { parameters: parameters.map((it) => (it.name === '*' ? { ...it, name: 'path' } : it)) }),
    ...(requestBody && { requestBody: { ...requestBody, required: !mayBeNothing(requestBody) } }),
    responses: Object.fromEntries(Object.entries(responses).map(([status, it]) => [status, tidyAnswer(it)])),
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
