/**
 * From one tree to another as the API wants to hear it: files that are put and files that are removed, by their paths.
 * Compares only folders that differ. Knows plain files alone, because the API writes no others.
 */
import type { Oid } from '../../codec/oid.ts';
import { FOLDER, type TreeRow } from '../../codec/tree.ts';

export interface TreeChanges {
  readonly puts: readonly { readonly path: string; readonly mode: string; readonly blob: Oid }[];
  readonly removals: readonly string[];
  /** What cannot be said through the API; undefined: nothing. */
  readonly problem: string | undefined;
}

export type ReadRows = (tree: Oid) => Promise<readonly TreeRow[]>;

interface Change {
  readonly path: string;
  readonly before: TreeRow | undefined;
  readonly after: TreeRow | undefined;
}

const PLAIN_FILE = '100644';

export async function changesBetween(before: Oid | null, after: Oid, read: ReadRows): Promise<TreeChanges> {
  const changes = await compare({ before, after, folder: '' }, read);
  const puts = changes.flatMap(({ path, after: row }) => (row ? [{ path, mode: row.mode, blob: row.oid }] : []));
  // What is put in the place of a file needs no removal of it.
  const removals = changes.flatMap(({ path, after: row }) => (row ? [] : [path]));
  return { puts, removals, problem: changes.map(problemOf).find(Boolean) };
}

interface Pair {
  readonly before: Oid | null;
  readonly after: Oid | null;
  readonly folder: string;
}

async function compare({ before, after, folder }: Pair, read: ReadRows): Promise<Change[]> {
  if (before === after) return [];
  const [old, fresh] = [await rowsByName(before, read), await rowsByName(after, read)];
  const changes: Change[] = [];
  for (const name of new Set([...old.keys(), ...fresh.keys()]))
    changes.push(...(await compareRows({ path: folder + name, before: old.get(name), after: fresh.get(name) }, read)));
  return changes;
}

async function compareRows({ path, before, after }: Change, read: ReadRows): Promise<Change[]> {
  if (before?.oid === after?.oid && before?.mode === after?.mode) return [];
  const [file, nextFile] = [before, after].map((row) => (row?.mode === FOLDER ? undefined : row));
  const [tree, nextTree] = [before, after].map((row) => (row?.mode === FOLDER ? row.oid : null));
  const below = await compare({ before: tree ?? null, after: nextTree ?? null, folder: `${path}/` }, read);
  return file || nextFile ? [{ path, before: file, after: nextFile }, ...below] : below;
}

async function rowsByName(tree: Oid | null, read: ReadRows): Promise<Map<string, TreeRow>> {
  return new Map(tree === null ? [] : (await read(tree)).map((row) => [row.name, row]));
}

function problemOf({ path, before, after }: Change): string | undefined {
  if (before?.rawName || after?.rawName) return `the name of ${path} is no text, and the API speaks of files by text`;
  // What the API makes of a file that is no plain one is not documented, and must not be found out on somebody's yard.
  const odd = after && [before, after].find((row) => row !== undefined && row.mode !== PLAIN_FILE);
  return odd && `${path} has the mode ${odd.mode}, and the API writes plain files only`;
}
