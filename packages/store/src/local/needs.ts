/** What an object of a local copy cannot be without, and what it can: files that were too large to be fetched. */
import { decodeCommit } from '../codec/commit.ts';
import type { GitObject } from '../codec/object.ts';
import type { Oid } from '../codec/oid.ts';
import { decodeTree, FOLDER, SUBMODULE } from '../codec/tree.ts';

export interface Need {
  readonly oid: Oid;
  readonly isFile: boolean;
}

/** `isCut`: of a commit whose parents are not here on purpose. */
export function needsOf({ type, body }: GitObject, { isCut }: { isCut: boolean }): Need[] {
  if (type === 'commit') {
    const { tree, parents } = decodeCommit(body);
    return [tree, ...(isCut ? [] : parents)].map((oid) => ({ oid, isFile: false }));
  }
  if (type !== 'tree') return [];
  const rows = decodeTree(body).filter((it) => it.mode !== SUBMODULE);
  return rows.map(({ oid, mode }) => ({ oid, isFile: mode !== FOLDER }));
}
