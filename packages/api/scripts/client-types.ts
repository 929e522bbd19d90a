/** What the typed client knows of the API, made from its description: of each operation its address, and what it takes and answers. */
import { nameOf, type Schema, typeOfSchema } from './type-of-schema.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}
type Content = Readonly<Record<string, { readonly schema: Schema }>>;
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export function clientTypes({ paths, components }: Description): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, it]) => ({ path, method: method.toUpperCase(), it })),
  );
  const shared = Object.entries(components.schemas).map(
    ([name, schema]) => `export type ${nameOf(name)} = ${typeOfSchema(schema)};\n`,
  );
  const types = operations.map(({ it }) => `  /** ${it.summary}. */\n  readonly ${it.operationId}: ${typeOf(it)};\n`);
  const places = operations.map(({ path, method, it }) => `  ${it.operationId}: ['${method}', '${path}'],\n`);
  return [
    '// Made by `npm run schemas`. Do not edit.\n\n',
    ...shared,
    '\nexport interface Operations {\n',
    ...types,
    '}\n\n/** The method and the path of each. */\nexport const OPERATIONS = {\n',
    ...places,
    '} as const;\n',
  ].join('');
}

function typeOf(it: Operation): string {
  const { requestBody } = it;
  const body = requestBody?.content['application/json'];
  const fields = [
    `readonly params: ${wordsOf(it, 'path')};`,
    `readonly query: ${wordsOf(it, 'query')};`,
    `readonly body: ${body ? typeOfSchema(body.schema) : 'undefined'};`,
    `readonly answer: ${answerOf(it)};`,
  ];
  return `{ ${fields.join(' ')} }`;
}

function wordsOf({ parameters = [] }: Operation, place: string): string {
  const fields = parameters
    .filter((it) => it.in === place)
    .map((it) => `readonly ${JSON.stringify(it.name)}${it.required ? '' : '?'}: ${typeOfSchema(it.schema)};`);
  return fields.length === 0 ? 'undefined' : `{ ${fields.join(' ')} }`;
}

/** Of what went well: JSON as it is, words as text, all else as bytes. */
function answerOf({ responses }: Operation): string {
  const good = Object.entries(responses).filter(([status]) => /^2/.test(status));
  const types = good.flatMap(([, { content }]) =>
    content ? Object.entries(content).map(typeOfContent) : ['undefined'],
  );
  return [...new Set(types)].join(' | ') || 'undefined';
}

function typeOfContent([type, { schema }]: [string, { readonly schema: Schema }]): string {
  if (type === 'application/json') return typeOfSchema(schema);
  return type.startsWith('text/') ? 'string' : 'Uint8Array';
}
