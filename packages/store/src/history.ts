/** The whole past of a ref, fetched only when somebody asks for it: every commit of the first line, with its files. */
import assert from 'node:assert';

import { commitsOf, formerHead } from './ancestry.ts';
import type { CommitFields, Signature } from './codec/commit.ts';
import type { Oid } from './codec/oid.ts';
import { StoreError } from './errors.ts';
import { emptyNode } from './object-cache.ts';
import { type Snapshot, snapshotOf } from './snapshot.ts';
import type { Transport } from './transports/transport.ts';
import { buildNode, type TreeNode } from './tree-node.ts';

export interface HistoryCommit {
  readonly oid: Oid;
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

export interface History {
  /** What the ref was, one after the other, oldest first. */
  readonly commits: readonly HistoryCommit[];
  /** The files at one of these commits. */
  snapshotOf(commit: Oid): Snapshot;
}

export interface ReadHistory {
  /** So many commits, newest first; all of them, when left out. */
  readonly depth?: number | undefined;
  /** Knows a commit that surely once was the head. At a merge the side that has such a commit of its own is followed. */
  readonly wasHead?: ((commit: CommitFields) => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export async function readHistory(
  transport: Transport,
  ref: string,
  { depth, wasHead = () => false, signal }: ReadHistory = {},
): Promise<History> {
  const { head, objects } = await transport.fetchRef({ ref, have: [], signal, ...(depth ? { depth } : {}) });
  if (head === null) {
    throw new StoreError('BRANCH_MISSING', `${ref} does not exist in ${transport.name}`, { hint: 'check its name' });
  }
  const known = new Map(objects.map((it) => [it.oid, it]));
  const commits = lineOfHeads(head, commitsOf(objects), wasHead);
  const trees = new Map(commits.map((it) => [it.oid, it.tree]));
  const nodes = new Map<Oid, TreeNode>();
  const source = {
    node: (oid: Oid) => nodes.get(oid) ?? emptyNode(oid),
    object: (oid: Oid) => known.get(oid),
    keep: (node: TreeNode) => nodes.set(node.oid, node),
  };

  return {
    commits,
    snapshotOf(commit) {
      const tree = trees.get(commit);
      assert(tree, `${commit} is no commit of this history`);
      return snapshotOf({ commit, root: buildNode(tree, source), quick: (oid) => known.get(oid)?.body });
    },
  };
}

/**
 * Whoever merges what others pushed meanwhile puts their own side first, although the other was the head. A server's own
 * history may be cut, too; what is there is still worth reading.
 */
function lineOfHeads(
  head: Oid,
  known: ReadonlyMap<Oid, CommitFields>,
  wasHead: (commit: CommitFields) => boolean,
): HistoryCommit[] {
  const line: HistoryCommit[] = [];
  for (let oid: Oid | undefined = head; oid !== undefined; ) {
    const fields = known.get(oid);
    if (!fields) break;
    line.push({ oid, ...fields });
    oid = formerHead(fields.parents, known, wasHead);
  }
  return line.reverse();
}
