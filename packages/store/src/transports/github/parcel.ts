/** What a push brings along, and what is known beside it: objects by their names, and folders that may have to be asked for. */
import { decodeCommit } from '../../codec/commit.ts';
import type { GitObject } from '../../codec/object.ts';
import type { Oid } from '../../codec/oid.ts';
import { decodeTree } from '../../codec/tree.ts';
import type { PushRequest } from '../transport.ts';
import type { GithubApi } from './api.ts';
import type { ReadRows } from './changes.ts';
import type { Known } from './known.ts';
import { readFolder } from './trees.ts';

export interface Parcel {
  readonly object: (oid: Oid) => GitObject | undefined;
  /** Of a commit that comes along, or was seen lately. */
  readonly treeOf: (commit: Oid) => Oid | undefined;
  readonly rows: ReadRows;
  readonly signal: AbortSignal | undefined;
}

export function parcelOf(api: GithubApi, { objects, signal }: PushRequest, known: Known): Parcel {
  // What an object is written as a difference to is there, too: mostly the same folder as it was before.
  const bases = objects.flatMap((it) => it.base ?? []);
  const brought = new Map<Oid, GitObject>([...bases, ...objects].map((it) => [it.oid, it]));
  const object = (oid: Oid) => brought.get(oid);
  const folder = async (oid: Oid) => object(oid) ?? known.folder(oid) ?? readFolder(api, oid, signal);
  const rows = async (tree: Oid) => decodeTree((await folder(tree)).body);
  return { object, treeOf: (commit) => treeIn(object(commit)) ?? known.treeOf(commit), rows, signal };
}

const treeIn = (it: GitObject | undefined): Oid | undefined =>
  it?.type === 'commit' ? decodeCommit(it.body).tree : undefined;
