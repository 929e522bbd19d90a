/**
 * Puts the files of an entry below a folder: all of them, or none. Each is checked while it is copied, beside its place; only
 * when all are right do they get their names. A build may have left anything in the folder: nothing is written through a link.
 */
import { chown, type FileHandle, lstat, mkdir, realpath, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CachedFile } from './build-cache.ts';
import { copyChecked } from './copy-checked.ts';
import { inParallel } from './in-parallel.ts';

const AT_ONCE = 8;

export interface Placing {
  readonly folder: string;
  open(file: CachedFile): Promise<FileHandle | null>;
  /** What was opened was not what it should be. */
  onDamaged(file: CachedFile): Promise<void>;
}

export async function placeFiles(files: readonly CachedFile[], { folder, open, onDamaged }: Placing): Promise<boolean> {
  const root = await realpath(folder);
  const placed: string[] = [];
  const partOf = (path: string) => `${join(root, path)}.gityard-part`;
  try {
    const give = await giverOf(root);
    for (const parent of parentsOf(files)) if (!(await isPlainFolder(join(root, parent), give))) return false;
    await inParallel(files, AT_ONCE, async (file) => {
      const source = await open(file);
      if (!source) throw new Incomplete();
      try {
        await rm(partOf(file.path), { force: true });
        if (await copyChecked(source, partOf(file.path), { ...file, mode: file.executable ? 0o755 : 0o644 })) return;
        await onDamaged(file);
        throw new Incomplete();
      } finally {
        await source.close();
      }
    });
    // One moment for all: to tools that compare times, none of them is older than what it was made of.
    const now = new Date();
    for (const { path } of files) {
      await utimes(partOf(path), now, now);
      await give(partOf(path));
      await rename(partOf(path), join(root, path));
      placed.push(join(root, path));
    }
    return true;
  } catch (error) {
    await Promise.all(placed.map((path) => rm(path, { force: true })));
    // A folder in the place of a file, a full disk: the build goes on without.
    if (error instanceof Incomplete || typeof (error as NodeJS.ErrnoException).syscall === 'string') return false;
    throw error;
  } finally {
    await inParallel(files, AT_ONCE, ({ path }) => rm(partOf(path), { force: true }).catch(() => undefined));
  }
}

class Incomplete extends Error {}

/** Outer ones first. */
function parentsOf(files: readonly CachedFile[]): readonly string[] {
  const parents = new Set<string>();
  for (const { path } of files) for (let it = dirname(path); it !== '.'; it = dirname(it)) parents.add(it);
  return [...parents].sort((a, b) => a.length - b.length);
}

type Give = (path: string) => Promise<void>;

/** An agent that may be anybody gives what it puts there to whom the folder belongs: the user of the build has to write it. */
async function giverOf(root: string): Promise<Give> {
  const { uid, gid } = await stat(root);
  const isNeeded = process.getuid?.() === 0 && uid !== 0;
  return isNeeded ? (path) => chown(path, uid, gid) : async () => undefined;
}

async function isPlainFolder(path: string, give: Give): Promise<boolean> {
  try {
    await mkdir(path);
    await give(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return (await lstat(path)).isDirectory();
}
