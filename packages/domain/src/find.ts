/** Finds an entity by its id or by a prefix of it that only one has, as every face allows (INTERFACE §2). */
import { type Refused, refuse } from './decision.ts';
import type { Table } from './table.ts';

export type Found<T> = { readonly ok: true; readonly value: T } | Refused;

export function find<T>(table: Table<T>, idOrPrefix: string, what: string): Found<T> {
  const exact = table.get(idOrPrefix);
  if (exact !== undefined) return { ok: true, value: exact };

  const matches = [...table.entries()].filter(([id]) => idOrPrefix !== '' && id.startsWith(idOrPrefix.toLowerCase()));
  const [first, second] = matches;
  if (!first) return refuse('NOT_FOUND', `there is no ${what} ${idOrPrefix}`, [idOrPrefix]);
  if (second)
    return refuse(
      'AMBIGUOUS_ID',
      `${matches.length} ${what}s begin with ${idOrPrefix}`,
      matches
        .map(([id]) => id)
        .sort()
        .slice(0, 10),
    );
  return { ok: true, value: first[1] };
}
