/**
 * Removes what a build leaves behind, including folders it made read-only (package caches do that). Never throws:
 * a build that is over must not fail because of its rubbish, so the answer is a complaint for the log, or nothing.
 */
import { chmod, lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Folders } from './folders.ts';

export async function removeWorkspace({ workspace, index }: Folders): Promise<string | null> {
  try {
    await rm(index, { force: true });
    await removeTree(workspace);
    return null;
  } catch (error) {
    return `the workspace ${workspace} could not be removed: ${(error as Error).message}`;
  }
}

/** For whoever owns a build root and has no build under way in it: what builds left whose agent was killed. Answers complaints. */
export async function removeLeftWorkspaces(folder: string): Promise<readonly string[]> {
  const workspaces = join(folder, 'workspaces');
  const names = await readdir(workspaces).catch(() => []);
  const removing = names.map((name) => removeTree(join(workspaces, name)));
  const ends = await Promise.allSettled(removing);
  return ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []));
}

async function removeTree(folder: string): Promise<void> {
  const options = { recursive: true, force: true, maxRetries: 3 };
  try {
    await rm(folder, options);
  } catch {
    // Most often a read-only folder. Whatever else it is, the second try says so.
    await makeWritable(folder);
    await rm(folder, options);
  }
}

async function makeWritable(folder: string): Promise<void> {
  // Changing the mode of a link changes what it leads to, and a build chooses where its links lead.
  if (!(await lstat(folder)).isDirectory()) return;
  await chmod(folder, 0o700);
  for (const name of await readdir(folder)) await makeWritable(join(folder, name));
}
