/**
 * Every file below a folder with its digests, in the order of their names: what a manifest is made of. Reads plain files
 * alone; what else lies there is told of. A file that changes while it is read has no digest, and is an error.
 */
import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Artifact } from '@gityard/domain';
import { openRegularFile } from '../workspace-files.ts';
import { ArtifactError } from './artifact-error.ts';
import { contentTypeOf } from './content-type.ts';
import { digestsOf } from './digests.ts';
import { isOwnPart, SUMS } from './sums.ts';

export interface Measured {
  readonly artifacts: readonly Artifact[];
  /** What was left out, and why; a line each. */
  readonly notes: readonly string[];
}

/** As many as a manifest holds. */
const MOST_FILES = 10_000;
const MOST_NAME = 1_000;

/** @param leaveOut paths that are no artifacts, beside the list of digests at the top */
export async function measureFolder(folder: string, leaveOut: readonly string[] = []): Promise<Measured> {
  const root = await realpath(folder);
  const notes: string[] = [];
  const skip = (path: string, what: string) => notes.push(`${JSON.stringify(path)} was left out: it is ${what}`);
  const found = (await filesBelow(root, skip)).filter((path) => path !== SUMS && !leaveOut.includes(path));
  const artifacts: Artifact[] = [];
  for (const path of found.sort()) {
    if (hasOddName(path))
      notes.push(`${JSON.stringify(path.slice(0, 100))} was left out: its name is too long, or no UTF-8`);
    else artifacts.push(await measure(root, path));
  }
  return { artifacts, notes };
}

/** What a manifest of the folder would name: what it leaves out by rule is nothing that should not be there. */
export async function pathsBelow(folder: string): Promise<readonly string[]> {
  const files = await filesBelow(folder, () => undefined);
  return files.filter((path) => path !== SUMS && !hasOddName(path)).sort();
}

const hasOddName = (path: string): boolean =>
  path.length > MOST_NAME || basename(path).length > 255 || path.includes('\ufffd');

async function filesBelow(root: string, skip: (path: string, what: string) => void): Promise<string[]> {
  const files: string[] = [];
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) isOwnPart(entry.name) || files.push(path);
      else skip(path, entry.isSymbolicLink() ? 'a link' : 'no plain file');
    }
    if (files.length + folders.length > MOST_FILES)
      throw new ArtifactError('TOO_LARGE', `${root} holds more than ${MOST_FILES} files`, 'pack them into an archive');
  }
  return files;
}

async function measure(root: string, path: string): Promise<Artifact> {
  const handle = await openRegularFile(root, path);
  if (!handle) throw changed(path);
  try {
    const before = await handle.stat();
    const digests = await digestsOf(handle);
    const [after, named] = [await handle.stat(), await lstat(join(root, path)).catch(() => null)];
    const isSame = after.mtimeMs === before.mtimeMs && after.size === before.size && named?.ino === before.ino;
    if (!isSame || digests.sizeBytes !== before.size) throw changed(path);
    return { name: basename(path), path, contentType: contentTypeOf(path), ...digests };
  } finally {
    await handle.close();
  }
}

const changed = (path: string): ArtifactError =>
  new ArtifactError(
    'CONFLICT',
    `${JSON.stringify(path)} changed while it was read`,
    'wait until the build is done, and try again',
  );
