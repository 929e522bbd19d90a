/** Everything that a head reaches and the caller has not: commits, folders and files, each asked for in as few requests as it goes. */
import type { GitObject } from '../../codec/object.ts';
import type { Oid } from '../../codec/oid.ts';
import type { FetchRequest } from '../transport.ts';
import type { GithubApi } from './api.ts';
import { readFiles } from './blobs.ts';
import { reach } from './history.ts';
import { blobsIn, type Lookup, treesBelow } from './trees.ts';

export interface FetchedObjects {
  readonly objects: readonly GitObject[];
  /** Of the head. */
  readonly tree: Oid;
}

export async function fetchObjects(
  api: GithubApi,
  head: Oid,
  { have, depth, lookup, signal }: FetchRequest,
): Promise<FetchedObjects> {
  const { commits, met } = await reach(api, { head, have, depth, signal });
  const had = await oidsBelow(api, { roots: met.map((it) => it.tree), lookup, signal });
  const roots = commits.map((it) => it.tree);
  const { trees, sizes } = await treesBelow(api, { roots, without: had, signal });
  const blobs = [...blobsIn(trees.values())].filter((it) => !had.has(it));
  const files = await readFiles(api, { blobs, sizes, signal });
  const objects = [...commits.map((it) => it.object), ...trees.values(), ...files];
  return { objects, tree: roots[0] ?? head };
}

interface Below {
  readonly roots: readonly Oid[];
  readonly lookup: Lookup | undefined;
  readonly signal: AbortSignal | undefined;
}

/** What the caller has. Mostly it can be looked up; else the names are asked for, and no contents. */
async function oidsBelow(api: GithubApi, below: Below): Promise<ReadonlySet<Oid>> {
  const { trees } = await treesBelow(api, below);
  return new Set([...trees.keys(), ...blobsIn(trees.values())]);
}
