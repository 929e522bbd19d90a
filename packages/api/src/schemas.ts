/** The few words in which endpoints describe what they take and answer; entities have theirs in the domain. */

/** Of an address: what nobody asked for is passed over, as everywhere on the web. */
export const words = <const P extends Record<string, object>, const R extends readonly (keyof P & string)[]>(
  properties: P,
  required: R,
) => ({ type: 'object', properties, required }) as const;

export const text = { type: 'string' } as const;
export const time = { type: 'string', format: 'date-time', description: 'RFC 3339, UTC' } as const;
export const count = { type: 'integer', minimum: 0 } as const;

/** Under which clients know its type. */
export const named = <const S extends object>(title: string, schema: S) => ({ title, ...schema });
export const nullable = <const S extends { readonly type: string }>(schema: S) =>
  ({ ...schema, type: [schema.type, 'null'] }) as Omit<S, 'type'> & { readonly type: readonly [S['type'], 'null'] };
export const listOf = <const S extends object>(items: S) => ({ type: 'array', items }) as const;

/** A place of the yard's repository: a ref of it as it is now, or a commit. */
export const place = {
  type: 'string',
  pattern: '^(?:state|live|logs|[0-9a-f]{40})$',
  description: 'state, live or logs as it is now, or the 40 digits of a commit',
} as const;
export const oid = {
  type: 'string',
  pattern: '^[0-9a-f]{40}$',
  description: 'the 40 digits that Git names a content by',
} as const;
