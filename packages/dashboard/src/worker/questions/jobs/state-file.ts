/** Where the file of a job, or of what a job made, lies in the state: in its folder, or in the archive of the day it ended. */
import { archiveFolderOf, type Time } from '@gityard/domain';
import type { FoundFile, Place } from '../../sources/source.ts';
import type { Reading } from '../question.ts';

export interface Wanted {
  readonly kind: 'job' | 'manifest';
  readonly id: string;
  readonly place: Place;
  /** null: not known. */
  readonly endedAt: Time | null;
}

export interface FoundPath extends FoundFile {
  readonly path: string;
  readonly isArchived: boolean;
}

const FOLDERS = { job: 'jobs', manifest: 'manifests' } as const;

/** The state as it is now, or of a commit. */
export const placeOf = (at: string | null): Place => (at === null ? { ref: 'state' } : { commit: at });

/** By its whole id, in a few requests at most; undefined: it is none of the places where it could be. */
export async function stateFile(
  reading: Reading,
  { kind, id, place, endedAt }: Wanted,
): Promise<FoundPath | undefined> {
  const shard = await shardOf(id);
  if (shard === undefined) return undefined;
  const open = `shared/${FOLDERS[kind]}/${shard}/${id}.json`;
  const days = endedAt === null ? [] : [`shared/archive/${archiveFolderOf(kind, endedAt)}`];
  for (const path of [open, ...days.flatMap((day) => [`${day}/${id}.json`, `${day}/${shard}/${id}.json`])]) {
    const found = await reading.file(place, path);
    if (found) return { ...found, path, isArchived: path !== open };
  }
  return undefined;
}

/** Every path of that kind whose id begins so. Reads whole folders: for what no shorter way finds. */
export async function pathsBeginning(
  reading: Reading,
  { kind, id, place }: Omit<Wanted, 'endedAt'>,
): Promise<readonly string[]> {
  const folders = [`shared/${FOLDERS[kind]}`, `shared/archive/${FOLDERS[kind]}`];
  const trees = await Promise.all(folders.map((folder) => reading.tree(place, folder)));
  return trees.flat().flatMap(({ path }) => (nameOf(path).startsWith(id) ? [path] : []));
}

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/, '');

/** The first two digits of the digest of an id. Where the page has no cipher (plain HTTP on a network), there is another way. */
async function shardOf(id: string): Promise<string | undefined> {
  if (!globalThis.crypto?.subtle) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(id)));
  return (digest[0] ?? 0).toString(16).padStart(2, '0');
}
