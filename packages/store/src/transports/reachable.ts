/** Which objects a commit leads to, less those that somebody has. What a Git server works out before it sends a pack. */
import { decodeCommit } from '../codec/commit.ts';
import type { GitObject } from '../codec/object.ts';
import type { Oid } from '../codec/oid.ts';
import { decodeTag } from '../codec/tag.ts';
import { decodeTree, SUBMODULE } from '../codec/tree.ts';

export interface Reach {
  readonly from: Oid;
  /** Commits whose trees are had; they end the walk as well. */
  readonly have: readonly Oid[];
  readonly depth?: number | undefined;
}

type Objects = ReadonlyMap<Oid, GitObject>;

export function reachable(objects: Objects, { from, have, depth = Number.POSITIVE_INFINITY }: Reach): GitObject[] {
  if (have.includes(from)) return [];
  const had = new Set(have);
  for (const oid of have) collectTree(objects, treeOf(objects, oid), had);
  const found = new Map<Oid, GitObject>();
  let line = [from];
  for (let level = 0; level < depth && line.length > 0; level += 1) {
    line = line.flatMap((oid) => takeCommit(objects, oid, { had, found }));
  }
  return [...found.values()];
}

/** What the object names, and so cannot be without. A remote is asked about the same folders again and again. */
export function linksOf(object: GitObject): readonly Oid[] {
  const links = known.get(object) ?? readLinks(object);
  known.set(object, links);
  return links;
}

const known = new WeakMap<GitObject, readonly Oid[]>();

function readLinks({ type, body }: GitObject): Oid[] {
  if (type === 'commit') return [decodeCommit(body).tree, ...decodeCommit(body).parents];
  if (type === 'tree') return decodeTree(body).flatMap((row) => (row.mode === SUBMODULE ? [] : [row.oid]));
  return type === 'tag' ? [decodeTag(body).object] : [];
}

/** Returns the commits to go on with. */
function takeCommit(
  objects: Objects,
  oid: Oid,
  { had, found }: { had: Set<Oid>; found: Map<Oid, GitObject> },
): readonly Oid[] {
  const commit = objects.get(oid);
  if (!commit || had.has(oid) || found.has(oid)) return [];

  found.set(oid, commit);
  if (commit.type === 'tag') return takeCommit(objects, decodeTag(commit.body).object, { had, found });
  const { tree, parents } = decodeCommit(commit.body);
  for (const part of treeParts(objects, tree, (it) => had.has(it) || found.has(it))) found.set(part.oid, part);
  return parents;
}

function collectTree(objects: Objects, tree: Oid | undefined, into: Set<Oid>): void {
  if (tree) for (const part of treeParts(objects, tree, (it) => into.has(it))) into.add(part.oid);
}

function* treeParts(objects: Objects, oid: Oid, skip: (oid: Oid) => boolean): Iterable<GitObject> {
  const object = objects.get(oid);
  if (!object || skip(oid)) return;
  yield object;
  if (object.type === 'tree') for (const link of linksOf(object)) yield* treeParts(objects, link, skip);
}

function treeOf(objects: Objects, commit: Oid): Oid | undefined {
  const object = objects.get(commit);
  return object && decodeCommit(object.body).tree;
}
