/** Parts of the history that `compact` wrote to files: what is read from them stands in no repository any more. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openBundle, type Transport } from '@gityard/store';
import { list } from '../parameters.ts';

export const bundleOption = list('path', 'parts of the history that compact wrote to files, or the folder of them');

export async function openBundles(paths: readonly string[]): Promise<readonly Transport[]> {
  const files = (await Promise.all(paths.map(bundlesAt))).flat();
  return Promise.all(files.map(async (path) => openBundle(await readFile(path), path)));
}

/** A folder stands for the bundles in it. */
async function bundlesAt(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = await readdir(path);
  return names.filter((it) => it.endsWith('.bundle')).map((it) => join(path, it));
}
