/**
 * Files of the state by what they are about. Every question is asked of one commit, that of the snapshot or of the past
 * that is looked at: so an answer never changes, and whoever asked it before asks for nothing.
 */
import { archiveFolderOf, type Time, type Validated } from '@gityard/domain';
import { type FoundFile, type Place, SourceFailure } from '../sources/source.ts';
import { jsonIn } from './json-in.ts';
import type { Reading } from './question.ts';

/** '' and null: as it is now, where the commit of the snapshot is not known. */
export const placeAt = (at: string | null): Place => (at === '' || at === null ? { ref: 'state' } : { commit: at });

export const idOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/, '');

const ID = /^[a-z0-9][a-z0-9._-]{0,99}$/;

export interface Wanted {
  readonly folder: 'jobs' | 'manifests' | 'attestations' | 'messages';
  /** Or a beginning that only one has. */
  readonly id: string;
  readonly at: string | null;
  /** Where it is known, the archive of that day is looked into before all of it. */
  readonly endedAt?: Time | null;
}

export interface FoundPath extends FoundFile {
  readonly path: string;
  readonly isArchived: boolean;
}

export interface StateFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Where it lies while it is young, and else wherever the archive keeps it. undefined: nowhere. Throws SourceFailure. */
export async function stateFile(reading: Reading, wanted: Wanted): Promise<StateFile | undefined> {
  const { id } = wanted;
  const near = await fileNear(reading, wanted);
  if (near) return near;
  const found = await entriesBeginning(reading, wanted);
  const entry = found.find((it) => idOf(it.path) === id) ?? (found.length === 1 ? found[0] : undefined);
  return entry && { path: entry.path, bytes: await reading.blob(entry.oid) };
}

const ARCHIVED = { jobs: 'job', manifests: 'manifest' } as const;

/** By its whole id, in a few requests at most; undefined: it is in none of the places where it should be. */
export async function fileNear(reading: Reading, wanted: Wanted): Promise<FoundPath | undefined> {
  const { folder, id, at, endedAt = null } = wanted;
  const shard = ID.test(id) ? await shardOf(id) : undefined;
  if (shard === undefined) return undefined;
  const young = pathInShard({ folder, shard, id });
  const kind = folder === 'jobs' || folder === 'manifests' ? ARCHIVED[folder] : undefined;
  const day = kind && endedAt !== null ? `shared/archive/${archiveFolderOf(kind, endedAt)}` : undefined;
  for (const path of [young, ...(day ? [`${day}/${id}.json`, `${day}/${shard}/${id}.json`] : [])]) {
    const found = await reading.file(placeAt(at), path);
    if (found) return { ...found, path, isArchived: path !== young };
  }
  return undefined;
}

const pathInShard = ({ folder, shard, id }: { folder: Wanted['folder']; shard: string; id: string }): string =>
  `shared/${folder}/${shard}/${id}.json`;

/** Where it lies before it is archived; undefined: this page cannot work it out. */
export async function youngPath(folder: Wanted['folder'], id: string): Promise<string | undefined> {
  const shard = ID.test(id) ? await shardOf(id) : undefined;
  return shard === undefined ? undefined : pathInShard({ folder, shard, id });
}

/** Every one whose id begins so. Reads whole folders: for what no shorter way finds. */
export async function entriesBeginning(
  reading: Reading,
  { folder, id, at }: Wanted,
): Promise<readonly { readonly path: string; readonly oid: string }[]> {
  if (!ID.test(id)) return [];
  const folders = [`shared/${folder}`, `shared/archive/${folder}`];
  const trees = await Promise.all(folders.map((it) => reading.tree(placeAt(at), it)));
  return trees.flat().filter(({ path }) => idOf(path).startsWith(id));
}

/** A page over plain HTTP has no digests; there the tree finds what lies in a folder of its digest. */
async function shardOf(id: string): Promise<string | undefined> {
  if (!globalThis.crypto?.subtle) return undefined;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(id));
  return (new Uint8Array(digest)[0] ?? 0).toString(16).padStart(2, '0');
}

type Validator<T> = (data: unknown) => Validated<T>;

/** Throws SourceFailure. */
export function valueIn<T>({ path, bytes }: StateFile, validator: Validator<T>): T {
  const value = validator(jsonIn(bytes));
  if (value.ok) return value.value;
  throw new SourceFailure({ kind: 'invalid', reason: `${path} cannot be read: ${value.reason}` });
}

export interface Broken {
  readonly path: string;
  readonly reason: string;
}

/** All files of a small folder; a broken one is told of and hides no other. Throws SourceFailure. */
export async function valuesIn<T>(
  reading: Reading,
  { folder, at, validator }: { readonly folder: string; readonly at: string; readonly validator: Validator<T> },
): Promise<{ readonly values: readonly T[]; readonly broken: readonly Broken[] }> {
  const place = placeAt(at);
  const entries = (await reading.tree(place, folder)).filter(({ path }) => path.endsWith('.json'));
  const read = (await reading.blobs(entries, place)).map(({ path, bytes }) => ({
    path,
    value: validator(jsonIn(bytes)),
  }));
  return {
    values: read.flatMap(({ value }) => (value.ok ? [value.value] : [])),
    broken: read.flatMap(({ path, value }) => (value.ok ? [] : [{ path, reason: value.reason }])),
  };
}
