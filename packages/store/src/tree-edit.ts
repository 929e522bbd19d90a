/**
 * Edits of paths → the new tree, and the objects that the server does not have yet, each with the one it looks like.
 * Folders that nothing happened in are the same nodes as before. Knows nothing of commits.
 */
import assert from 'node:assert';

import { type GitObject, makeObject } from './codec/object.ts';
import type { PackEntry } from './codec/pack-writer.ts';
import { encodeTree, FOLDER, inTreeOrder } from './codec/tree.ts';
import type { NodeRow, TreeNode } from './tree-node.ts';

export interface Edit {
  /** Parts joined by slashes, without one at the ends. */
  readonly path: string;
  /** null removes the file. */
  readonly content: Uint8Array | null;
}

export interface EditedTree {
  readonly root: TreeNode;
  readonly objects: readonly PackEntry[];
}

export function editTree(root: TreeNode | undefined, edits: readonly Edit[]): EditedTree {
  const objects = new Map<string, PackEntry>();
  const plan = planOf(edits);
  const edited = editNode(root, plan, { folder: '', objects });
  // A tree without a single file is still a tree, but only at the top.
  return { root: edited ?? makeNode(new Map(), root, objects), objects: [...objects.values()] };
}

/** Edits by folder: what happens to each name, and what happens below it. */
type Plan = Map<string, Plan | Edit>;

interface Context {
  readonly folder: string;
  readonly objects: Map<string, PackEntry>;
}

const FILE = '100644';

function planOf(edits: readonly Edit[]): Plan {
  const plan: Plan = new Map();
  for (const edit of edits) {
    const names = checkedNames(edit.path);
    const last = names.pop() ?? '';
    let place = plan;
    for (const name of names) place = planBelow(place, name, edit.path);
    assert(!(place.get(last) instanceof Map), `${edit.path} is edited as a file and as a folder`);
    // The last edit of a path counts: operations of one commit follow each other.
    place.set(last, edit);
  }
  return plan;
}

function planBelow(place: Plan, name: string, path: string): Plan {
  const below = place.get(name) ?? new Map();
  assert(below instanceof Map, `${path} is edited below a file that is edited too`);
  place.set(name, below);
  return below;
}

function checkedNames(path: string): string[] {
  const names = path.split('/');
  // Git refuses these names, and for good reason: checked out, they would leave the folder or take over its .git.
  const fine = names.every((name) => name !== '' && name !== '.' && name !== '..' && !/^\.git$/i.test(name));
  // Half a character has no bytes of its own and would be stored as another name.
  const whole = !path.includes('\0') && Buffer.from(path).toString() === path;
  assert(fine && whole, `${JSON.stringify(path)} is no path of a file`);
  return names;
}

/** undefined: nothing is left in the folder, so it is gone. */
function editNode(node: TreeNode | undefined, plan: Plan, context: Context): TreeNode | undefined {
  const rows = new Map(node?.rows);
  for (const [name, step] of plan) {
    const row = editRow(rows.get(name), name, step, context);
    if (row) rows.set(name, row);
    else rows.delete(name);
  }
  return rows.size > 0 ? makeNode(rows, node, context.objects) : undefined;
}

function editRow(row: NodeRow | undefined, name: string, step: Plan | Edit, context: Context): NodeRow | undefined {
  if (!(step instanceof Map)) return editFile(row, name, step, context);

  const folder = `${context.folder}${name}/`;
  if (row && !row.node) {
    // Removing what cannot be there is no contradiction; adding below a file is.
    assert(isRemoval(step), `nothing can be put below ${folder.slice(0, -1)}, which is a file`);
    return row;
  }
  const node = editNode(row?.node, step, { ...context, folder });
  return node && { mode: FOLDER, name, oid: node.oid, node };
}

function editFile(row: NodeRow | undefined, name: string, edit: Edit, { objects }: Context): NodeRow | undefined {
  assert(!row?.node, `${edit.path} is a folder and cannot be edited as a file`);
  if (edit.content === null) return undefined;

  // A copy, so that nobody who still holds the array can change what was committed.
  const bytes = new Uint8Array(edit.content);
  const blob = makeObject('blob', bytes);
  if (row?.oid !== blob.oid) add(objects, blob, row?.bytes && { oid: row.oid, type: 'blob', body: row.bytes });
  // Whatever it was before, a link or a program: what is written here is a plain file.
  return { mode: FILE, name, oid: blob.oid, bytes };
}

function makeNode(rows: Map<string, NodeRow>, before: TreeNode | undefined, objects: Context['objects']): TreeNode {
  const sorted = inTreeOrder(rows.values());
  const tree = makeObject('tree', encodeTree(sorted));
  if (tree.oid === before?.oid) return before;
  add(objects, tree, before && { oid: before.oid, type: 'tree', body: before.body });
  return { oid: tree.oid, body: tree.body, rows: new Map(sorted.map((row) => [row.name, row])) };
}

function add(objects: Map<string, PackEntry>, object: GitObject, base: GitObject | undefined): void {
  if (!objects.has(object.oid)) objects.set(object.oid, base ? { ...object, base } : object);
}

function isRemoval(plan: Plan): boolean {
  return [...plan.values()].every((step) => (step instanceof Map ? isRemoval(step) : step.content === null));
}
