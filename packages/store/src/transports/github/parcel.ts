/** What a push brings along, and what is known beside it: objects by their names, and folders that may have to be asked for. */
import { decodeCommit } from '../../codec/commit.ts';
import type { GitObject } from '../../codec/object.ts';
import type { Oid } from '../../codec/oid.ts';
import { decodeTree } from '../../codec/tree.ts';
import type { PushRequest } from '../transport.ts';
import type { GithubApi } from './api.ts';
import type { ReadRows } from './changes.ts';
import { readFolder } from './trees.ts';

export interface Parcel {
  readonly object: (oid: Oid) => GitObject | undefined;
  /** Of a commit that comes along, or was seen lately. */
  readonly treeOf: (commit: Oid) => Oid | undefined;
  readonly rows: ReadRows;
  readonly signal: AbortSignal | undefined;
}

export function parcelOf(api: GithubApi, { objects, signal }: PushRequest, treeOf: Parcel['treeOf']): Parcel {
  // The object that one is written as a difference to is known to the server: mostly the same folder before.
  const bases = objects.flatMap((it) => it.base ?? []);
  const known = new Map<Oid, GitObject>([...bases, ...objects].map((it) => [it.oid, it]));
  const object = (oid: Oid) => known.get(oid);
  const rows = async (tree: Oid) => decodeTree((known.get(tree) ?? (await readFolder(api, tree, signal))).body);
  return { object, treeOf: (commit) => treeIn(known.get(commit)) ?? treeOf(commit), rows, signal };
}

const treeIn = (it: GitObject | undefined): Oid | undefined =>
  it?.type === 'commit' ? decodeCommit(it.body).tree : undefined;
