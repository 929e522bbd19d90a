/**
 * Lines of history, put together from the newest to the oldest, with all their files. Knows not where one ends and the next
 * begins.
 */
import assert from 'node:assert';

import { commitsOf, formerHead } from './ancestry.ts';
import type { CommitFields, Signature } from './codec/commit.ts';
import type { GitObject } from './codec/object.ts';
import type { Oid } from './codec/oid.ts';
import { oidIn } from './codec/tree.ts';
import { KnownNodes } from './known-nodes.ts';
import { emptyNode } from './object-cache.ts';
import { type Snapshot, snapshotOf } from './snapshot.ts';
import type { Transport } from './transports/transport.ts';
import { buildNode } from './tree-node.ts';

export interface HistoryCommit {
  readonly oid: Oid;
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

export interface PastOptions {
  /** Knows a commit that surely once was the head. At a merge the side that has such a commit of its own is followed. */
  readonly wasHead?: ((commit: CommitFields) => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Wanted {
  readonly ref: string;
  /** What the ref has to be; anything, when left out. */
  readonly head?: Oid;
  readonly depth: number;
}

/** Gathers lines of history, the newest first. */
export class Past {
  commits: readonly HistoryCommit[] = [];
  readonly #options: PastOptions;
  readonly #known = new Map<Oid, GitObject>();
  readonly #nodes = new KnownNodes();
  readonly #trees = new Map<Oid, Oid>();

  constructor(options: PastOptions) {
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

  /** What the ref came to since its newest commit here. False: it does not follow that any more. */
  async takeSince(
    source: Transport,
    { ref, signal }: { ref: string; signal: AbortSignal | undefined },
  ): Promise<boolean> {
    const last = this.commits.at(-1);
    assert(last, 'a history has a commit');
    const lookup = (oid: Oid) => this.#known.get(oid);
    const { head, objects } = await source.fetchRef({ ref, have: [last.oid], lookup, signal });
    if (head === last.oid) return true;
    if (head === null) return false;
    const fetched = new Map([...objects, ...this.#commitsHere()].map((it) => [it.oid, it]));
    const line = lineOfHeads(head, commitsOf([...fetched.values()]), this.#options.wasHead ?? (() => false));
    const at = line.findIndex(({ oid }) => oid === last.oid);
    if (at === -1) return false;
    for (const object of objects) this.#known.set(object.oid, object);
    const came = line.slice(at + 1);
    for (const { oid, tree } of came) this.#trees.set(oid, tree);
    this.commits = [...this.commits, ...came];
    return true;
  }

  #commitsHere(): GitObject[] {
    return this.commits.flatMap(({ oid }) => this.#known.get(oid) ?? []);
  }

  /** What a path stands for at one of the commits, a file or a folder. */
  oidAt(commit: Oid, path: string): Oid | undefined {
    let oid = this.#trees.get(commit);
    for (const name of path.split('/')) {
      const folder = oid === undefined ? undefined : this.#known.get(oid);
      if (folder?.type !== 'tree') return undefined;
      oid = oidIn(folder.body, name);
    }
    return oid;
  }

  read(oid: Oid): Uint8Array | undefined {
    const object = this.#known.get(oid);
    return object?.type === 'blob' ? object.body : undefined;
  }

  snapshotOf(commit: Oid): Snapshot {
    const tree = this.#trees.get(commit);
    assert(tree, `${commit} is no commit of this history`);
    const root = buildNode(tree, {
      node: (oid) => this.#nodes.get(oid) ?? emptyNode(oid),
      object: (oid) => this.#known.get(oid),
      keep: (node) => this.#nodes.keep(node),
    });
    this.#nodes.settleOn(root);
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
