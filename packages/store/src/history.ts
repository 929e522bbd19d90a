/**
 * The whole past of a ref, fetched only when somebody asks for it: every commit of the first line, with its files. Where
 * a history was cut, what lies before the cut is read as well, as far as it was kept.
 */
import assert from 'node:assert';

import { commitsOf, formerHead } from './ancestry.ts';
import type { CommitFields, Signature } from './codec/commit.ts';
import type { GitObject } from './codec/object.ts';
import type { Oid } from './codec/oid.ts';
import { StoreError } from './errors.ts';
import { emptyNode } from './object-cache.ts';
import { type Snapshot, snapshotOf } from './snapshot.ts';
import type { Predecessor, PredecessorOf } from './succession.ts';
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
  /** What the ref was, one after the other, oldest first. After a cut stands the commit that was made there, which has no parent. */
  readonly commits: readonly HistoryCommit[];
  /** What the oldest commit says comes before it, and nobody has. */
  readonly missing: Predecessor | undefined;
  /** Nothing older is to be had. */
  readonly isWhole: boolean;
  /** The files at one of these commits. */
  snapshotOf(commit: Oid): Snapshot;
}

export interface ReadHistory {
  /** So many commits, newest first; all of them, when left out. */
  readonly depth?: number | undefined;
  /** Knows a commit that surely once was the head. At a merge the side that has such a commit of its own is followed. */
  readonly wasHead?: ((commit: CommitFields) => boolean) | undefined;
  /** Without it nothing is read from before a cut. */
  readonly predecessorOf?: PredecessorOf | undefined;
  /** Where former histories may be kept, beside the repository itself. */
  readonly elsewhere?: readonly Transport[];
  readonly signal?: AbortSignal | undefined;
}

export async function readHistory(transport: Transport, ref: string, options: ReadHistory = {}): Promise<History> {
  const { depth = Number.POSITIVE_INFINITY, predecessorOf, elsewhere = [] } = options;
  const past = new Past(options);
  if (!(await past.takeFrom(transport, { ref, depth }))) {
    throw new StoreError('BRANCH_MISSING', `${ref} does not exist in ${transport.name}`, { hint: 'check its name' });
  }
  let missing: Predecessor | undefined;
  while (past.first?.parents.length === 0 && past.commits.length < depth && !missing) {
    const former = predecessorOf?.(past.snapshotOf(past.first.oid));
    if (!former) break;
    const wanted = { ...former, depth: depth - past.commits.length };
    missing = former;
    for (const source of [transport, ...elsewhere])
      if (missing && (await past.takeFrom(source, wanted))) missing = undefined;
  }
  const isWhole = past.first?.parents.length === 0 && (missing !== undefined || past.commits.length < depth);
  return { commits: past.commits, missing, isWhole, snapshotOf: (commit) => past.snapshotOf(commit) };
}

interface Wanted {
  readonly ref: string;
  /** What the ref has to be; anything, when left out. */
  readonly head?: Oid;
  readonly depth: number;
}

/** Gathers lines of history, the newest first. */
class Past {
  commits: readonly HistoryCommit[] = [];
  readonly #options: ReadHistory;
  readonly #known = new Map<Oid, GitObject>();
  readonly #nodes = new Map<Oid, TreeNode>();
  readonly #trees = new Map<Oid, Oid>();

  constructor(options: ReadHistory) {
    this.#options = options;
  }

  get first(): HistoryCommit | undefined {
    return this.commits[0];
  }

  /** False: that is not there. */
  async takeFrom(source: Transport, { ref, head: wanted, depth }: Wanted): Promise<boolean> {
    const { signal, wasHead = () => false } = this.#options;
    const { head, objects } = await source.fetchRef({
      ref,
      have: [],
      signal,
      ...(Number.isFinite(depth) ? { depth } : {}),
    });
    if (head === null || (wanted !== undefined && head !== wanted)) return false;
    for (const object of objects) this.#known.set(object.oid, object);
    const line = lineOfHeads(head, commitsOf(objects), wasHead);
    for (const { oid, tree } of line) this.#trees.set(oid, tree);
    this.commits = [...line, ...this.commits];
    return true;
  }

  snapshotOf(commit: Oid): Snapshot {
    const tree = this.#trees.get(commit);
    assert(tree, `${commit} is no commit of this history`);
    const root = buildNode(tree, {
      node: (oid) => this.#nodes.get(oid) ?? emptyNode(oid),
      object: (oid) => this.#known.get(oid),
      keep: (node) => this.#nodes.set(node.oid, node),
    });
    return snapshotOf({ commit, root, quick: (oid) => this.#known.get(oid)?.body });
  }
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
