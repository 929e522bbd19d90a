/** The whole past of a ref, fetched only when somebody asks for it: every commit of the first line, with its files. */
import assert from 'node:assert';

import { type CommitFields, decodeCommit, type Signature } from './codec/commit.ts';
import type { GitObject } from './codec/object.ts';
import type { Oid } from './codec/oid.ts';
import { StoreError } from './errors.ts';
import { ObjectCache } from './object-cache.ts';
import { type Snapshot, snapshotOf } from './snapshot.ts';
import type { Transport } from './transports/transport.ts';

export interface HistoryCommit {
  readonly oid: Oid;
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

export interface History {
  /** First parents only, oldest first: what the ref was, one after the other. */
  readonly commits: readonly HistoryCommit[];
  /** The files at one of these commits. */
  snapshotOf(commit: Oid): Snapshot;
}

export interface ReadHistory {
  /** So many commits, newest first; all of them, when left out. */
  readonly depth?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export async function readHistory(
  transport: Transport,
  ref: string,
  { depth, signal }: ReadHistory = {},
): Promise<History> {
  const { head, objects } = await transport.fetchRef({ ref, have: [], signal, ...(depth ? { depth } : {}) });
  if (head === null) {
    throw new StoreError('BRANCH_MISSING', `${ref} does not exist in ${transport.name}`, { hint: 'check its name' });
  }
  const known = new Map(objects.map((it) => [it.oid, it]));
  const commits = firstLine(head, known);
  const trees = new Map(commits.map((it) => [it.oid, it.tree]));
  const cache = new ObjectCache();

  return {
    commits,
    snapshotOf(commit) {
      const tree = trees.get(commit);
      assert(tree, `${commit} is no commit of this history`);
      return snapshotOf({ commit, root: cache.build(tree, known) });
    },
  };
}

function firstLine(head: Oid, known: ReadonlyMap<Oid, GitObject>): HistoryCommit[] {
  const commits: HistoryCommit[] = [];
  for (let oid: Oid | undefined = head; oid !== undefined; oid = commits.at(-1)?.parents[0]) {
    const body = known.get(oid)?.body;
    // A server's own history may be cut, too; what is there is still worth reading.
    if (!body) break;
    const fields: CommitFields = decodeCommit(body);
    commits.push({ oid, ...fields });
  }
  return commits.reverse();
}
