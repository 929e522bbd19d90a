/**
 * The folders of the trees that were looked at last. Neighbours in a history share most of theirs, so each is built of what the
 * one before it had; kept for ever, those of a long history would fill the memory many times over. Snapshots that were handed
 * out keep their own.
 */
import type { Oid } from './codec/oid.ts';
import type { TreeNode } from './tree-node.ts';

// Forgetting costs a walk over a whole tree, so it waits until there are twice as many as that has, and some.
const SPARE = 1_000;

export class KnownNodes {
  #nodes = new Map<Oid, TreeNode>();
  #limit = SPARE;

  get size(): number {
    return this.#nodes.size;
  }

  get(oid: Oid): TreeNode | undefined {
    return this.#nodes.get(oid);
  }

  keep(node: TreeNode): void {
    this.#nodes.set(node.oid, node);
  }

  /** Forgets the folders of other trees when there are too many. */
  settleOn(root: TreeNode): void {
    if (this.size <= this.#limit) return;
    this.#nodes = new Map();
    this.#take(root);
    this.#limit = 2 * this.size + SPARE;
  }

  #take(node: TreeNode): void {
    if (this.#nodes.has(node.oid)) return;
    this.keep(node);
    for (const row of node.rows.values()) if (row.node) this.#take(row.node);
  }
}
