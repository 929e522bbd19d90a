/** One ref on its way to the disk: what it is now, and what came since its tree was last written there. Does no IO. */
import assert from 'node:assert';

import type { GitObject } from '../codec/object.ts';
import type { Oid } from '../codec/oid.ts';
import { SUBMODULE } from '../codec/tree.ts';
import type { SeenHeads } from '../seen-heads.ts';
import type { OwnSnapshot } from '../snapshot.ts';
import type { TreeNode } from '../tree-node.ts';
import type { RefObjects } from './repository.ts';

export interface News {
  /** The head that these objects were added to. */
  readonly before: Oid | undefined;
  readonly snapshot: OwnSnapshot;
  /** All that the new head needs and the one before did not have. */
  readonly objects: readonly GitObject[];
  readonly seen: SeenHeads;
}

// From here on the whole tree is the smaller thing to write, and to hold in memory.
const MOST_FRESH = 10_000;

export class Followed {
  readonly ref: string;
  /** Undefined: the disk has nothing to add to. */
  #written: Oid | undefined;
  #commit: GitObject | undefined;
  #snapshot: OwnSnapshot | undefined;
  #seen: SeenHeads | undefined;
  #fresh: GitObject[] = [];

  /** `commit`: the one that the disk has already. */
  constructor(ref: string, commit?: GitObject) {
    this.ref = ref;
    this.#commit = commit;
    this.#written = commit?.oid;
  }

  /** The head as the disk has it. */
  get writtenHead(): Oid | undefined {
    return this.#written;
  }

  /** Undefined as long as the disk alone knows of it. */
  get head(): Oid | undefined {
    return this.#snapshot?.commit;
  }

  get seen(): readonly Oid[] {
    return this.#seen?.list() ?? [];
  }

  get isNew(): boolean {
    return this.#written === undefined;
  }

  take({ before, snapshot, objects, seen }: News): void {
    if (before !== this.#commit?.oid) this.forgetDisk();
    this.#commit = objects.find((it) => it.oid === snapshot.commit) ?? this.#commit;
    this.#snapshot = snapshot;
    this.#seen = seen;
    // Where all is to be written anyway, nothing has to be remembered for it.
    if (!this.isNew) this.#fresh.push(...objects);
    if (this.#fresh.length > MOST_FRESH) this.forgetDisk();
  }

  /** What came since. Counts as written from now on: whoever fails to write it has to say so. */
  news(): RefObjects {
    const objects = this.#fresh;
    return { ...this.#handOut(), objects };
  }

  all(): RefObjects {
    const { commit, root } = this.#own();
    assert(this.#commit?.oid === commit, 'a head is told of together with its commit');
    return { ...this.#handOut(), objects: [this.#commit, ...objectsOf(root)] };
  }

  forgetDisk(): void {
    this.#written = undefined;
    this.#fresh = [];
  }

  #handOut(): Omit<RefObjects, 'objects'> {
    const head = this.#own().commit;
    this.#written = head;
    this.#fresh = [];
    return { ref: this.ref, head };
  }

  #own(): OwnSnapshot {
    assert(this.#snapshot, `nothing was told of ${this.ref} yet`);
    return this.#snapshot;
  }
}

function* objectsOf(node: TreeNode): Iterable<GitObject> {
  yield { oid: node.oid, type: 'tree', body: node.body };
  for (const { oid, mode, node: below, bytes } of node.rows.values()) {
    if (below) yield* objectsOf(below);
    else if (bytes && mode !== SUBMODULE) yield { oid, type: 'blob', body: bytes };
  }
}
