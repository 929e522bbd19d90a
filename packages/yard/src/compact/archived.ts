/** What lies in the archive, found by the names of its files: nothing of it is read but what is asked for. */
import {
  type ArchivedKind,
  archiveFolderOf,
  type Entities,
  type Found,
  find,
  refuse,
  Table,
  type Time,
  validate,
} from '@gityard/domain';
import { ARCHIVE, archivePlaceOf } from '../files/paths.ts';
import { readJson } from '../reading/read-json.ts';
import type { Yard } from '../yard.ts';

/** By its id, or a beginning of it that only one has. */
export function findArchived<K extends ArchivedKind>(
  yard: Pick<Yard, 'paths' | 'read'>,
  kind: K,
  idOrPrefix: string,
): Found<Entities[K]> {
  const found = find(archivedPaths(yard, kind, idOrPrefix.toLowerCase()), idOrPrefix, `archived ${kind}`);
  if (!found.ok) return found;
  const read = readJson(yard.read(found.value) ?? new Uint8Array());
  const checked = read.ok ? validate(kind, read.value) : read;
  if (checked.ok) return { ok: true, value: checked.value as Entities[K] };
  return refuse('INVALID_DATA', `${found.value} ${checked.reason}`, [found.value]);
}

/** Those that ended on that day or later, newest days first, `most` of them at most. What cannot be read is left out. */
export function archivedJobs(
  { paths, read }: Pick<Yard, 'paths' | 'read'>,
  { since, most }: { readonly since: Time; readonly most: number },
): readonly Entities['job'][] {
  const day = archiveFolderOf('job', since);
  const places = paths(`${ARCHIVE}jobs/`).flatMap((path) => {
    const place = archivePlaceOf(path);
    return place && place.folder >= day ? [{ path, folder: place.folder }] : [];
  });
  places.sort((a, b) => (a.folder < b.folder ? 1 : -1));
  return places.slice(0, most).flatMap(({ path }) => {
    const found = readJson(read(path) ?? new Uint8Array());
    const checked = found.ok ? validate('job', found.value) : found;
    return checked.ok ? [checked.value as Entities['job']] : [];
  });
}

/** All of a kind, as far as they can be read. */
export function archivedAll<K extends ArchivedKind>(yard: Pick<Yard, 'paths' | 'read'>, kind: K): Entities[K][] {
  return [...archivedPaths(yard, kind)].flatMap((path) => {
    const read = readJson(yard.read(path) ?? new Uint8Array());
    const checked = read.ok ? validate(kind, read.value) : read;
    return checked.ok ? [checked.value as Entities[K]] : [];
  });
}

/** Only those whose ids begin so: what else lies there is passed over by its name alone. */
function archivedPaths({ paths }: Pick<Yard, 'paths'>, kind: ArchivedKind, beginning = ''): Table<string> {
  return Table.of(
    paths(`${ARCHIVE}${kind}s/`).flatMap((path) => {
      const place = path.includes(`/${beginning}`) ? archivePlaceOf(path) : undefined;
      return place ? [[place.id, path] as const] : [];
    }),
  );
}
