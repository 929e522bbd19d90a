/**
 * The artifacts that lie on a disk, `<root>/<job>/<token>/…`: what an agent collected, or a folder that several share. Told by
 * their names alone; whatever else lies there is left alone.
 */
import { lstat, readdir, readFile, realpath, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Removal, StoredBuild } from '@gityard/domain';
import { pathsBelow } from '../measure-folder.ts';
import { isInsidePath } from '../safe-path.ts';
import { SUMS, withoutSums } from '../sums.ts';

const JOB = /^[a-z0-9][a-z0-9._-]{0,99}$/;
const TOKEN = /^(?:0|[1-9]\d{0,9})$/;

export const storedFolder = (root: string, job: string, token: number): string => join(root, job, String(token));

/** Where artifacts lie below the folder of builds of an agent. */
export const storeIn = (buildFolder: string): string => join(buildFolder, 'artifacts');

/** Of each attempt one, in no order. A store that is not there is empty. */
export async function storedBuilds(root: string): Promise<readonly StoredBuild[]> {
  const builds: StoredBuild[] = [];
  for (const job of await foldersIn(root, JOB)) {
    for (const token of await foldersIn(join(root, job), TOKEN))
      builds.push(await storedBuild(root, job, Number(token)));
  }
  return builds;
}

async function storedBuild(root: string, job: string, token: number): Promise<StoredBuild> {
  const folder = storedFolder(root, job, token);
  const storedAt = (await stat(folder)).mtime.toISOString();
  const files: { path: string; sizeBytes: number }[] = [];
  for (const path of await pathsBelow(folder)) {
    const status = await lstat(join(folder, path)).catch(() => null);
    if (status?.isFile()) files.push({ path, sizeBytes: status.size });
  }
  return { job, token, storedAt, files };
}

async function foldersIn(folder: string, pattern: RegExp): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries.filter((it) => it.isDirectory() && pattern.test(it.name)).map((it) => it.name);
}

/** The list of digests goes on naming what is left; with the last file the folder goes. */
export async function removeStored(root: string, { job, token, paths }: Removal): Promise<void> {
  const folder = storedFolder(root, job, token);
  const real = await realpath(folder);
  for (const path of paths.filter(isInsidePath)) {
    // Through a link in the place of a folder we would remove what lies elsewhere.
    const within = await realpath(dirname(join(real, path))).catch(() => null);
    if (within === dirname(join(real, path))) await rm(join(real, path), { force: true });
  }
  if ((await pathsBelow(real)).length > 0) return rewriteSums(real, paths);
  await rm(real, { recursive: true, force: true });
  const others = await readdir(dirname(folder)).catch(() => ['?']);
  if (others.length === 0) await rm(dirname(folder), { recursive: true, force: true });
}

async function rewriteSums(folder: string, paths: readonly string[]): Promise<void> {
  const path = join(folder, SUMS);
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return;
  await writeFile(`${path}.part`, withoutSums(text, paths), { flush: true });
  await rename(`${path}.part`, path);
}

/** What programs like ours can still write there. A store that is not there yet is on the disk of its nearest folder. */
export async function freeBytesAt(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    return freeBytesAt(dirname(folder));
  }
}
