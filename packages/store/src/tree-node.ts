/**
 * Folders as immutable nodes that hold their children, so that two snapshots share whatever is equal, and an old one
 * works for as long as somebody holds it. Building a node needs only the objects that are new.
 */
import type { GitObject } from './codec/object.ts';
import type { Oid } from './codec/oid.ts';
import { decodeTree, FOLDER, SUBMODULE, type TreeRow } from './codec/tree.ts';
import { StoreError } from './errors.ts';

export interface NodeRow extends TreeRow {
  /** Of a folder. */
  readonly node?: TreeNode;
  /** Of a file, unless it was too large to be fetched. */
  readonly bytes?: Uint8Array;
}

export interface TreeNode {
  readonly oid: Oid;
  readonly body: Uint8Array;
  readonly rows: ReadonlyMap<string, NodeRow>;
}

/** Where a node finds what it is made of: known nodes and bytes first, fetched objects after. */
export interface Parts {
  node(oid: Oid): TreeNode | undefined;
  object(oid: Oid): GitObject | undefined;
  keep(node: TreeNode): void;
}

// Git itself allows any depth; a repository that needs more than this is an attack on our stack.
const DEEPEST = 64;

export function buildNode(oid: Oid, parts: Parts, depth = 0): TreeNode {
  const known = parts.node(oid);
  if (known) return known;

  const tree = parts.object(oid);
  if (tree?.type !== 'tree' || depth > DEEPEST) throw incomplete(oid);
  const rows = decodeTree(tree.body).map((row) => [row.name, buildRow(row, parts, depth)] as const);
  const node = { oid, body: tree.body, rows: new Map(rows) };
  parts.keep(node);
  return node;
}

function buildRow(row: TreeRow, parts: Parts, depth: number): NodeRow {
  if (row.mode === FOLDER) return { ...row, node: buildNode(row.oid, parts, depth + 1) };
  if (row.mode === SUBMODULE) return row;

  const bytes = parts.object(row.oid)?.body;
  return bytes ? { ...row, bytes } : row;
}

function incomplete(oid: Oid): StoreError {
  return new StoreError('REMOTE_INVALID', `the server left out the tree ${oid}`, {
    hint: 'try again; if it stays so, run git fsck in the repository on the server',
  });
}
