/**
 * Removes what a build leaves behind, including folders it made read-only (package caches do that). Never throws:
 * a build that is over must not fail because of its rubbish, so the answer is a complaint for the log, or nothing.
 */
import { execFile } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
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

const run = promisify(execFile);

/**
 * By the system's own programs, which go down folder by folder: to name a folder three thousand levels deep is more than
 * the kernel takes, and a build can make one.
 */
async function removeTree(folder: string): Promise<void> {
  if (process.platform === 'win32') return rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    await run('rm', ['-rf', '--', folder]);
  } catch {
    // Most often a read-only folder. Whatever else it is, the second try says so.
    await run('chmod', ['-R', 'u+rwX', '--', folder]).catch(() => undefined);
    await run('rm', ['-rf', '--', folder]);
  }
}
