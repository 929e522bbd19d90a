/** What lies in the archive, found by the names of its files: nothing of it is read but what is asked for. */
import { type ArchivedKind, type Entities, type Found, find, refuse, Table, validate } from '@gityard/domain';
import { ARCHIVE, archivePlaceOf } from '../files/paths.ts';
import { readJson } from '../reading/read-json.ts';
import type { Yard } from '../yard.ts';

/** By its id, or a beginning of it that only one has. */
export function findArchived<K extends ArchivedKind>(
  yard: Pick<Yard, 'paths' | 'read'>,
  kind: K,
  idOrPrefix: string,
): Found<Entities[K]> {
  const found = find(archivedPaths(yard, kind), idOrPrefix, `archived ${kind}`);
  if (!found.ok) return found;
  const read = readJson(yard.read(found.value) ?? new Uint8Array());
  const checked = read.ok ? validate(kind, read.value) : read;
  if (checked.ok) return { ok: true, value: checked.value as Entities[K] };
  return refuse('INVALID_DATA', `${found.value} ${checked.reason}`, [found.value]);
}

function archivedPaths({ paths }: Pick<Yard, 'paths'>, kind: ArchivedKind): Table<string> {
  return Table.of(
    paths(`${ARCHIVE}${kind}s/`).flatMap((path) => {
      const place = archivePlaceOf(path);
      return place ? [[place.id, path] as const] : [];
    }),
  );
}
