/**
 * What a project made, as a cache keeps it: the plain files among its outputs with their digests. Something else among them (a
 * link, a pipe), or more than a cache should hold, and nothing is kept: half of an output would be worse than none.
 */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { digestsOf } from '../artifacts/digests.ts';
import { matcherOf } from '../artifacts/pattern.ts';
import { isInsidePath } from '../artifacts/safe-path.ts';
import type { CachedFile } from '../cache/build-cache.ts';
import type { Project } from '../graph/project-graph.ts';
import type { Tree } from '../source/tree.ts';
import { openRegularFile, walk } from '../workspace-files.ts';

const MOST_FILES = 5_000;
const MOST_BYTES = 2 * 2 ** 30;

export interface Outputs {
  readonly source: string;
  readonly project: Project;
  /** What lies there by the commit is nothing that was made. */
  readonly tree: Tree;
  /** Patterns of files that tell of a run, and are made anew by each. */
  readonly leaveOut: readonly string[];
}

/** The files, or a reason why there is nothing to keep. */
export async function outputsOf({ source, project, tree, leaveOut }: Outputs): Promise<readonly CachedFile[] | string> {
  const fits = leaveOut.map(matcherOf);
  const found = new Set<string>();
  for (const output of project.outputs.filter(isInsidePath))
    for (const path of await pathsOf(source, output)) found.add(path);
  const paths = [...found].filter((path) => !tree.has(path) && !fits.some((fit) => fit(path)));
  if (paths.length > MOST_FILES) return `it made ${paths.length} files, and ${MOST_FILES} are the most`;
  const files: CachedFile[] = [];
  let bytes = 0;
  for (const path of paths.sort()) {
    const file = await measured(source, path);
    if (!file) return `${path} is no plain file`;
    bytes += file.sizeBytes;
    if (bytes > MOST_BYTES) return `what it made is larger than ${MOST_BYTES} bytes`;
    files.push(file);
  }
  return files;
}

/** An output is a folder, or a file, or was not made this time. */
async function pathsOf(source: string, output: string): Promise<readonly string[]> {
  const found = await lstat(join(source, output)).catch(() => null);
  if (!found) return [];
  return found.isDirectory() ? walk(source, output) : [output];
}

async function measured(source: string, path: string): Promise<CachedFile | null> {
  const handle = await openRegularFile(source, path);
  if (!handle) return null;
  try {
    const { mode } = await handle.stat();
    const { sha256, sizeBytes } = await digestsOf(handle);
    return { path, sizeBytes, sha256, executable: (mode & 0o111) !== 0 };
  } finally {
    await handle.close();
  }
}
