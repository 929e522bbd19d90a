/**
 * All files at one commit, in memory and unchangeable. Parses nothing: a file is bytes. Comparing two snapshots costs
 * what changed, not what is there, because equal folders are known by their oid.
 */
import type { Oid } from './codec/oid.ts';
import type { NodeRow, TreeNode } from './tree-node.ts';

export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly oid: Oid;
}

export interface PathChange {
  readonly path: string;
  readonly before: TreeEntry | undefined;
  readonly after: TreeEntry | undefined;
}

export interface Snapshot {
  readonly commit: Oid;
  readonly tree: Oid;
  /** A file; folders have no entry. */
  entry(path: string): TreeEntry | undefined;
  /** All files whose path begins with these characters ("jobs/" for a folder), links and submodules too. */
  list(prefix?: string): Iterable<TreeEntry>;
  /** The bytes of a file of this snapshot; undefined when it was too large to be fetched. */
  read(oid: Oid): Uint8Array | undefined;
  /** Paths whose entry differs from the older snapshot. */
  changesSince(older: Snapshot | undefined): Iterable<PathChange>;
}

/** What the store itself needs to see of a snapshot that it made. */
export interface OwnSnapshot extends Snapshot {
  readonly root: TreeNode;
}

export interface SnapshotParts {
  readonly commit: Oid;
  readonly root: TreeNode;
  /** Knows the newest snapshot's files at once. Older ones search themselves when it has forgotten theirs. */
  readonly quick?: (oid: Oid) => Uint8Array | undefined;
}

export function snapshotOf({ commit, root, quick }: SnapshotParts): OwnSnapshot {
  let own: Map<Oid, Uint8Array> | undefined;
  const search = (oid: Oid) => {
    own ??= new Map(contents(root));
    return own.get(oid);
  };
  return {
    commit,
    tree: root.oid,
    root,
    entry: (path) => entryAt(root, path),
    list: (prefix = '') => listNode(root, '', prefix),
    read: (oid) => quick?.(oid) ?? search(oid),
    changesSince: (older) => changes(older && rootOf(older), root, ''),
  };
}

export function rootOf(snapshot: Snapshot): TreeNode {
  return (snapshot as OwnSnapshot).root;
}

/** The row of a path, folder or file. */
function rowAt(root: TreeNode, path: string): NodeRow | undefined {
  const [last = '', ...folders] = path.split('/').reverse();
  let node: TreeNode | undefined = root;
  for (const name of folders.reverse()) node = node?.rows.get(name)?.node;
  return node?.rows.get(last);
}

function entryAt(root: TreeNode, path: string): TreeEntry | undefined {
  const row = rowAt(root, path);
  return row && !row.node ? entryOf(row, path) : undefined;
}

function entryOf({ mode, oid }: NodeRow, path: string): TreeEntry {
  return { path, mode, oid };
}

function* listNode(node: TreeNode, folder: string, prefix: string): Iterable<TreeEntry> {
  for (const row of node.rows.values()) {
    const path = folder + row.name;
    if (row.node && overlaps(`${path}/`, prefix)) yield* listNode(row.node, `${path}/`, prefix);
    else if (!row.node && path.startsWith(prefix)) yield entryOf(row, path);
  }
}

function overlaps(folder: string, prefix: string): boolean {
  return folder.startsWith(prefix) || prefix.startsWith(folder);
}

function* contents(node: TreeNode): Iterable<[Oid, Uint8Array]> {
  for (const row of node.rows.values()) {
    if (row.node) yield* contents(row.node);
    else if (row.bytes) yield [row.oid, row.bytes];
  }
}

function* changes(before: TreeNode | undefined, after: TreeNode | undefined, folder: string): Iterable<PathChange> {
  if (before?.oid === after?.oid) return;
  for (const row of after?.rows.values() ?? []) yield* rowChanges(before?.rows.get(row.name), row, folder + row.name);
  for (const row of before?.rows.values() ?? []) {
    if (!after?.rows.has(row.name)) yield* rowChanges(row, undefined, folder + row.name);
  }
}

function* rowChanges(before: NodeRow | undefined, after: NodeRow | undefined, path: string): Iterable<PathChange> {
  if (before?.oid === after?.oid && before?.mode === after?.mode) return;
  // A file that became a folder is a file that went and files that came.
  const [from, to] = [before, after].map((row) => (row && !row.node ? entryOf(row, path) : undefined));
  if (from || to) yield { path, before: from, after: to };
  if (before?.node || after?.node) yield* changes(before?.node, after?.node, `${path}/`);
}
