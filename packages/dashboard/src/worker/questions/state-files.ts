/**
 * Files of the state by what they are about. Every question is asked of one commit, that of the snapshot or of the past
 * that is looked at: so an answer never changes, and whoever asked it before asks for nothing.
 */
import type { Validated } from '@gityard/domain';
import { type Place, SourceFailure } from '../sources/source.ts';
import type { Reading } from './question.ts';

/** '' = as it is now, where the commit of the snapshot is not known. */
export const placeAt = (at: string): Place => (at === '' ? { ref: 'state' } : { commit: at });

export const idOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/, '');

const ID = /^[a-z0-9][a-z0-9._-]{0,99}$/;

export interface Wanted {
  readonly folder: 'jobs' | 'manifests' | 'attestations' | 'messages';
  /** Or a beginning that only one has. */
  readonly id: string;
  readonly at: string;
}

export interface StateFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Where it lies while it is young, and else wherever the archive keeps it. undefined: nowhere. Throws SourceFailure. */
export async function stateFile(reading: Reading, { folder, id, at }: Wanted): Promise<StateFile | undefined> {
  if (!ID.test(id)) return undefined;
  const place = placeAt(at);
  const shard = await shardOf(id);
  const path = `shared/${folder}/${shard}/${id}.json`;
  const young = shard === undefined ? undefined : await reading.file(place, path);
  if (young) return { path, bytes: young.bytes };

  const trees = await Promise.all(
    [`shared/${folder}`, `shared/archive/${folder}`].map((it) => reading.tree(place, it)),
  );
  const found = trees.flat().filter((it) => idOf(it.path).startsWith(id));
  const entry = found.find((it) => idOf(it.path) === id) ?? (found.length === 1 ? found[0] : undefined);
  return entry && { path: entry.path, bytes: await reading.blob(entry.oid) };
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

/** undefined, which no schema accepts: it is no JSON. */
export function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
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
  const entries = (await reading.tree(placeAt(at), folder)).filter(({ path }) => path.endsWith('.json'));
  const read = await Promise.all(
    entries.map(async ({ path, oid }) => ({ path, value: validator(jsonIn(await reading.blob(oid))) })),
  );
  return {
    values: read.flatMap(({ value }) => (value.ok ? [value.value] : [])),
    broken: read.flatMap(({ path, value }) => (value.ok ? [] : [{ path, reason: value.reason }])),
  };
}
