/**
 * Brings a checkout that a build has worked in to another commit. Git never sees that folder: it writes what has to be
 * written into an empty one of ours, and from there each file is moved to its place, through no link and over no file
 * that was there. What the build left beside the files of the commit stays.
 */
import { lstat, mkdir, realpath, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { removeTree } from '../remove-tree.ts';
import { runGit } from './git.ts';
import { type Stamp, stampsOf } from './stamps.ts';
import type { Tree } from './tree.ts';

/** A file as it was laid out last. */
interface LaidFile {
  readonly mode: string;
  readonly blob: string;
  readonly stamp: Stamp;
}

export type Laid = ReadonlyMap<string, LaidFile>;

export interface LayOut {
  readonly gitDir: string;
  readonly commit: string;
  readonly tree: Tree;
  /** The checkout, a real path. */
  readonly folder: string;
  /** An empty folder on the same disk, and git's index, both where no build can reach. */
  readonly incoming: string;
  readonly index: string;
  readonly stop: AbortSignal;
}

export interface LaidOut {
  readonly laid: Laid;
  /** Paths that are not as they were after the build before, whoever changed them. */
  readonly changed: readonly string[];
}

export async function layOutAnew(there: Pick<LayOut, 'folder' | 'tree'>): Promise<LaidOut> {
  return { laid: await laidOf(there), changed: [...there.tree.keys()] };
}

export async function layOutChanges(before: Laid, request: LayOut): Promise<LaidOut> {
  const { folder, tree } = request;
  const gone = [...before.keys()].filter((path) => !tree.has(path));
  const stamps = await stampsOf(folder, [...before.keys()]);
  const stale = [...tree].filter(([path, { mode, blob }]) => {
    const last = before.get(path);
    return last?.blob !== blob || last.mode !== mode || last.stamp === null || last.stamp !== stamps.get(path);
  });
  for (const path of gone) await removeOwn(folder, path);
  await bring(
    request,
    stale.map(([path]) => path),
  );
  return { laid: await laidOf(request), changed: [...gone, ...stale.map(([path]) => path)] };
}

async function laidOf({ folder, tree }: Pick<LayOut, 'folder' | 'tree'>): Promise<Laid> {
  const stamps = await stampsOf(folder, [...tree.keys()]);
  return new Map([...tree].map(([path, file]) => [path, { ...file, stamp: stamps.get(path) ?? null }]));
}

/** A command line has an end, and a path is a few hundred bytes at most. */
const MOST_PATHS = 400;

async function bring(request: LayOut, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  const { gitDir, commit, incoming, index, stop, folder } = request;
  await removeTree(incoming);
  await mkdir(incoming, { recursive: true });
  const git = (...args: string[]) =>
    runGit({ args: [`--work-tree=${incoming}`, ...args], gitDir, folder: incoming, index, stop });
  await git('read-tree', '--end-of-options', commit);
  for (let from = 0; from < paths.length; from += MOST_PATHS)
    await git('checkout-index', '--force', '--quiet', '--', ...paths.slice(from, from + MOST_PATHS));
  const ready = new Set<string>(['.']);
  for (const path of paths) {
    await makeFolder(folder, dirname(path), ready);
    await removeTree(join(folder, path));
    await rename(join(incoming, path), join(folder, path));
  }
  await removeTree(incoming);
}

/** Step by step from the top: what stands in the place of a folder and is none, a link most of all, has to go. */
async function makeFolder(root: string, path: string, ready: Set<string>): Promise<void> {
  if (ready.has(path)) return;
  await makeFolder(root, dirname(path), ready);
  const full = join(root, path);
  const found = await lstat(full).catch(() => null);
  if (found && !found.isDirectory()) await rm(full, { force: true });
  if (!found?.isDirectory()) await mkdir(full);
  ready.add(path);
}

/** A file that the commit has no more, and the folders that are empty without it. */
async function removeOwn(root: string, path: string): Promise<void> {
  // Below a link that a build put there, the file is not the one that we wrote.
  if ((await realpath(dirname(join(root, path))).catch(() => null)) !== dirname(join(root, path))) return;
  await removeTree(join(root, path));
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder))
    if (!(await rmdir(join(root, folder)).then(yes, no))) return;
}

const yes = () => true;
const no = () => false;
