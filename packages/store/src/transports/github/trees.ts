/**
 * Folders from the API: all below one in a single listing, or many by their names in one request. Each is put together
 * again and hashed, so what a listing left out, or could not spell, is noticed and asked for by itself.
 */
import { type GitObject, makeObject } from '../../codec/object.ts';
import type { Oid } from '../../codec/oid.ts';
import { decodeTree, encodeTree, FOLDER, SUBMODULE, type TreeRow } from '../../codec/tree.ts';
import { StoreError } from '../../errors.ts';
import type { GithubApi } from './api.ts';
import { type ListedEntry, listedIn, objectIn, rowsIn } from './replies.ts';
import { readTree, readTrees } from './requests.ts';

/** Finds an object without a request, if it is known. */
export type Lookup = (oid: Oid) => GitObject | undefined;

export interface Trees {
  readonly trees: ReadonlyMap<Oid, GitObject>;
  /** Of the files that a listing told of. */
  readonly sizes: ReadonlyMap<Oid, number>;
}

export interface TreesBelow {
  readonly roots: readonly Oid[];
  /** Folders of these names are passed over, with all below them. */
  readonly without?: ReadonlySet<Oid>;
  readonly lookup?: Lookup | undefined;
  readonly signal: AbortSignal | undefined;
}

const BATCH = 50;
// Servers know the empty tree without having it.
const EMPTY = makeObject('tree', new Uint8Array());

/** All folders below the roots, level by level. One root of which nothing is known is listed at once. */
export async function treesBelow(api: GithubApi, { roots, without, lookup, signal }: TreesBelow): Promise<Trees> {
  const [only] = roots;
  const isNew = only !== undefined && roots.length === 1 && !without?.size && !lookup?.(only);
  const listing: Trees = isNew ? await list(api, only, signal) : { trees: new Map(), sizes: new Map() };
  const known: Lookup = (oid) => listing.trees.get(oid) ?? lookup?.(oid) ?? (oid === EMPTY.oid ? EMPTY : undefined);

  const trees = new Map<Oid, GitObject>();
  for (let level = roots; level.length > 0; ) {
    const fresh = [...new Set(level)].filter((it) => !trees.has(it) && !without?.has(it));
    const asked = fresh.filter((it) => !known(it));
    const read = await readAll(api, asked, signal);
    const found = fresh.flatMap((it) => known(it) ?? read.get(it) ?? []);
    for (const tree of found) trees.set(tree.oid, tree);
    level = found.flatMap((it) => decodeTree(it.body).flatMap((row) => (row.mode === FOLDER ? [row.oid] : [])));
  }
  return { trees, sizes: listing.sizes };
}

/** The files of these folders, each once; of what is no file of this repository, nothing. */
export function blobsIn(trees: Iterable<GitObject>): Set<Oid> {
  const rows = [...trees].flatMap((it) => decodeTree(it.body));
  return new Set(rows.filter((it) => it.mode !== FOLDER && it.mode !== SUBMODULE).map((it) => it.oid));
}

async function list(api: GithubApi, root: Oid, signal: AbortSignal | undefined): Promise<Trees> {
  const { json } = await api.rest(readTree(root), signal);
  const folders = new Map<string, ListedEntry[]>([['', []]]);
  const paths = new Map<Oid, string>([[root, '']]);
  const sizes = new Map<Oid, number>();
  for (const entry of listedIn(json)) {
    const { folder, name, mode, oid, sizeBytes } = entry;
    const rows = folders.get(folder) ?? [];
    folders.set(folder, rows);
    rows.push(entry);
    if (mode === FOLDER) paths.set(oid, folder === '' ? name : `${folder}/${name}`);
    if (sizeBytes !== undefined) sizes.set(oid, sizeBytes);
  }
  const made = [...paths].map(([oid, path]) => ({ oid, tree: treeOf(folders.get(path) ?? []) }));
  return {
    trees: new Map(made.filter(({ oid, tree }) => tree.oid === oid).map(({ tree }) => [tree.oid, tree])),
    sizes,
  };
}

export async function readFolder(api: GithubApi, oid: Oid, signal: AbortSignal | undefined): Promise<GitObject> {
  return (await readAll(api, [oid], signal)).get(oid) ?? EMPTY;
}

async function readAll(
  api: GithubApi,
  oids: readonly Oid[],
  signal: AbortSignal | undefined,
): Promise<Map<Oid, GitObject>> {
  const trees = new Map<Oid, GitObject>();
  for (let at = 0; at < oids.length; at += BATCH) {
    const batch = oids.slice(at, at + BATCH);
    const repository = await api.ask(readTrees(batch), signal);
    batch.forEach((oid, index) => {
      const tree = treeOf(rowsIn(objectIn(repository, index)));
      if (tree.oid !== oid) throw notItself(api, oid);
      trees.set(oid, tree);
    });
  }
  return trees;
}

const treeOf = (rows: readonly TreeRow[]): GitObject => makeObject('tree', encodeTree(rows));

function notItself(api: GithubApi, oid: Oid): StoreError {
  return new StoreError('REMOTE_INVALID', `${api.address.name} tells of a folder ${oid} that has another hash`, {
    hint: 'try again; if it stays so, run git fsck on a clone of the repository',
  });
}
