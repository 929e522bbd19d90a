/**
 * JSON Schema 2020-12, as far as our descriptions use it, as a type of TypeScript. What a type cannot say (lengths, patterns,
 * bounds) is left to the server; a keyword that would change the type and is not known here is an error, not a guess.
 */
export type Schema = Readonly<Record<string, unknown>> | boolean;

/** They say nothing that a type could. */
const SAYS_NOTHING = new Set([
  ...['title', 'description', 'default', 'examples', 'example', 'deprecated', '$schema', '$id', '$comment'],
  ...['format', 'pattern', 'minLength', 'maxLength', 'contentMediaType', 'contentEncoding'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'propertyNames'],
]);
const SAYS_A_TYPE = new Set([
  ...['type', 'enum', 'const', '$ref', 'anyOf', 'oneOf', 'allOf'],
  ...['properties', 'required', 'additionalProperties', 'items'],
]);

export function typeOfSchema(schema: Schema): string {
  if (typeof schema === 'boolean') return schema ? 'unknown' : 'never';
  for (const keyword of Object.keys(schema))
    if (!SAYS_NOTHING.has(keyword) && !SAYS_A_TYPE.has(keyword))
      throw new Error(`a type for the keyword ${keyword} is not known: ${JSON.stringify(schema).slice(0, 200)}`);
  const parts = [ownType(schema), ...combined(schema)].filter((it) => it !== 'unknown');
  return parts.length === 0 ? 'unknown' : parts.map((it) => (parts.length > 1 ? grouped(it) : it)).join(' & ');
}

function ownType(schema: Readonly<Record<string, unknown>>): string {
  const { $ref, const: constant, enum: words, type } = schema;
  if (typeof $ref === 'string') return nameOf($ref);
  if ('const' in schema) return JSON.stringify(constant);
  if (Array.isArray(words)) return union(words.map((it) => JSON.stringify(it)));
  if (type === undefined) return 'properties' in schema ? objectType(schema) : 'unknown';
  const types = Array.isArray(type) ? type : [type];
  return union(types.map((it) => namedType(String(it), schema)));
}

function combined({ anyOf, oneOf, allOf }: Readonly<Record<string, unknown>>): string[] {
  const either = [anyOf, oneOf].filter(isList).map((it) => union(it.map(typeOfSchema)));
  const all = isList(allOf) ? allOf.map(typeOfSchema) : [];
  return [...either, ...all];
}

const isList = (value: unknown): value is readonly Schema[] => Array.isArray(value);

function namedType(type: string, schema: Readonly<Record<string, unknown>>): string {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'number':
    case 'integer':
      return 'number';
    case 'array':
      return `readonly ${grouped(typeOfSchema((schema.items ?? true) as Schema))}[]`;
    case 'object':
      return objectType(schema);
    default:
      throw new Error(`there is no type ${type}`);
  }
}

function objectType({ properties = {}, required, additionalProperties }: Readonly<Record<string, unknown>>): string {
  const needed = new Set(Array.isArray(required) ? required : []);
  const fields = Object.entries(properties as Record<string, Schema>).map(
    ([name, schema]) => `readonly ${keyOf(name)}${needed.has(name) ? '' : '?'}: ${typeOfSchema(schema)};`,
  );
  // What may be there besides has no name; an object of nothing but such things is a record.
  if (fields.length > 0) return `{ ${fields.join(' ')} }`;
  if (additionalProperties === false) return 'Readonly<Record<string, never>>';
  const other = additionalProperties === undefined ? 'unknown' : typeOfSchema(additionalProperties as Schema);
  return `Readonly<Record<string, ${other}>>`;
}

function union(types: readonly string[]): string {
  const different = [...new Set(types)];
  if (different.includes('unknown')) return 'unknown';
  return different.length === 0 ? 'never' : different.join(' | ');
}

/** A type of several words, so that what stands before or behind it means all of it. */
const grouped = (type: string): string => (/ [|&] |^readonly /.test(type) ? `(${type})` : type);
const keyOf = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
export const nameOf = ($ref: string): string => $ref.split('/').at(-1)?.replace(/\W/g, '_') ?? 'unknown';
