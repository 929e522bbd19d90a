/**
 * A schema as the world sees it: JSON Schema 2020-12, open to fields of newer programs, which must survive (INTERFACE §2).
 * Only a recipe stays closed: no program ever writes one, so whatever nobody knows is misspelt.
 */
import { SCHEMAS, type SchemaName } from './list.ts';

export function publishedSchema(name: SchemaName): object {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `gityard ${name}`,
    ...SCHEMAS[name],
  };
  return name === 'recipe' ? schema : (opened(schema) as object);
}

function opened(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(opened);
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(([key, value]) => !(key === 'additionalProperties' && value === false));
  return Object.fromEntries(kept.map(([key, value]) => [key, opened(value)]));
}
