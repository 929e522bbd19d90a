/** What lies in the archive, found by the names of its files: nothing of it is read but what is asked for. */
import {
  type ArchivedDay,
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

/** What ended on each day, the newest day first. Nothing is read but when a job was asked for, until one is asked for by its id. */
export function* archivedDays({ paths, read }: Pick<Yard, 'paths' | 'read'>): Generator<ArchivedDay> {
  const days = new Map<string, Map<string, string>>();
  for (const path of paths(`${ARCHIVE}jobs/`)) {
    const place = archivePlaceOf(path);
    if (!place) continue;
    const day = days.get(place.folder) ?? new Map<string, string>();
    days.set(place.folder, day.set(place.id, path));
  }
  const bytesAt = (path: string | undefined) => (path === undefined ? undefined : read(path));
  for (const [day, files] of [...days].sort(([a], [b]) => (a < b ? 1 : -1)))
    yield {
      day,
      jobs: () => Array.from(files, ([id, path]) => ({ id, submittedAt: submittedIn(bytesAt(path)) })),
      read: (id) => {
        const found = readJson(bytesAt(files.get(id)) ?? new Uint8Array());
        const checked = found.ok ? validate('job', found.value) : found;
        return checked.ok ? (checked.value as Entities['job']) : undefined;
      },
    };
}

/** As we write it; of a file that a person has written otherwise nothing, which is the oldest. Parsing all of a day to sort it takes too long. */
const submittedIn = (bytes: Uint8Array | undefined): Time =>
  /^ {2}"submittedAt": "([^"\\]{1,40})"/m.exec(Buffer.from(bytes ?? []).toString('latin1'))?.[1] ?? '';

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
