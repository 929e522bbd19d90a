/**
 * What is known of the remote's objects: nodes and file contents by oid. The server leaves out what we have, and
 * writes the rest as differences to it, so all of the current tree must be findable here. What fell out of the tree is
 * forgotten now and then; snapshots that were handed out keep their own nodes.
 */
import { type GitObject, makeObject } from './codec/object.ts';
import type { Oid } from './codec/oid.ts';
import { buildNode, type NodeRow, type TreeNode } from './tree-node.ts';

// Forgetting costs a walk over the whole tree, so it waits until the cache has doubled and is worth it.
const SPARE = 1_000;

export class ObjectCache {
  #nodes = new Map<Oid, TreeNode>();
  #blobs = new Map<Oid, Uint8Array>();
  #limit = SPARE;

  blob(oid: Oid): Uint8Array | undefined {
    return this.#blobs.get(oid);
  }

  /** As an object, for those who resolve differences. */
  object(oid: Oid): GitObject | undefined {
    const node = this.#nodes.get(oid);
    if (node) return { oid, type: 'tree', body: node.body };
    const body = this.#blobs.get(oid);
    return body && { oid, type: 'blob', body };
  }

  /** The tree of that oid, from what is known and what was fetched. */
  build(oid: Oid, fetched: ReadonlyMap<Oid, GitObject>): TreeNode {
    for (const object of fetched.values()) if (object.type === 'blob') this.#blobs.set(object.oid, object.body);
    return buildNode(oid, {
      node: (wanted) => this.#nodes.get(wanted) ?? emptyNode(wanted),
      object: (wanted) => fetched.get(wanted) ?? this.object(wanted),
      keep: (node) => this.#nodes.set(node.oid, node),
    });
  }

  get size(): number {
    return this.#nodes.size + this.#blobs.size;
  }

  /** Takes in a tree that was made here, and forgets others when there are too many. */
  settleOn(root: TreeNode): void {
    this.#take(root);
    if (this.size <= this.#limit) return;

    this.#nodes = new Map();
    this.#blobs = new Map();
    this.#take(root);
    this.#limit = 2 * this.size + SPARE;
  }

  /** A node that is known has all below it known, because nodes come in whole and go out whole. */
  #take(node: TreeNode): void {
    if (this.#nodes.has(node.oid)) return;
    this.#nodes.set(node.oid, node);
    for (const row of node.rows.values()) this.#takeRow(row);
  }

  #takeRow({ oid, node, bytes }: NodeRow): void {
    if (node) this.#take(node);
    else if (bytes) this.#blobs.set(oid, bytes);
  }
}

const EMPTY = makeObject('tree', new Uint8Array());

// Servers know the empty tree without having it, and do not send it.
export function emptyNode(oid: Oid): TreeNode | undefined {
  return oid === EMPTY.oid ? { oid, body: EMPTY.body, rows: new Map() } : undefined;
}
