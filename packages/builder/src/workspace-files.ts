/**
 * The only way in which we read what a build or a repository put into a folder: regular files below that folder, of
 * bounded size, never through a link, never a pipe or a device that would make us wait. A root is always a real path.
 */
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

const TEXT_BYTES = 16 * 1024 * 1024;
const WALKED_ENTRIES = 200_000;
/** Nobody goes deeper but to be in the way. */
const WALKED_LEVELS = 200;
/** Installed packages are inputs, however deep they lie. */
const NOT_WALKED = new Set(['.git', 'node_modules']);

export async function openRegularFile(root: string, path: string): Promise<FileHandle | null> {
  const full = join(root, path);
  const status = await lstat(full).catch(() => null);
  if (!status?.isFile() || !(await isInside(root, full))) return null;

  // Between the look and the opening it may have become a link or a pipe: refuse the one, do not wait for the other.
  const handle = await open(full, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
  if (handle && !(await handle.stat()).isFile()) {
    await handle.close();
    return null;
  }
  return handle;
}

export async function readText(root: string, path: string): Promise<string | null> {
  const handle = await openRegularFile(root, path);
  if (!handle) return null;
  try {
    const { size } = await handle.stat();
    return size > TEXT_BYTES ? null : await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

/** Names at the top of a folder, sorted: what toolchains are recognised by. */
export async function topNames(root: string): Promise<string[]> {
  return (await readdir(root).catch(() => [])).sort();
}

/** Every path below a folder that is not itself a folder, links included, relative and with forward slashes, sorted. */
export async function walk(root: string, below = '.'): Promise<string[]> {
  const found: string[] = [];
  const waiting = [join(root, below)];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (folder.split(sep).length > WALKED_LEVELS || !(await isInside(root, folder))) continue;
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const path = join(folder, entry.name);
      if (!entry.isDirectory()) found.push(relative(root, path).split(sep).join('/'));
      else if (!NOT_WALKED.has(entry.name)) waiting.push(path);
    }
    if (found.length + waiting.length > WALKED_ENTRIES) break;
  }
  return found.sort();
}

async function isInside(root: string, path: string): Promise<boolean> {
  const [from, to] = await Promise.all([realpath(root).catch(() => null), realpath(path).catch(() => null)]);
  // A build can put a link in the place of its own workspace; what it leads to is not the workspace.
  if (from !== root || to === null) return false;
  return to === from || to.startsWith(from + sep);
}
