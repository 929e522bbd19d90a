/**
 * Removes what a build leaves behind, including folders it made read-only (package caches do that). Never throws:
 * a build that is over must not fail because of its rubbish, so the answer is a complaint for the log, or nothing.
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Folders } from './folders.ts';
import { BUDGET, evict } from './lodging/evict.ts';
import { removeTree } from './remove-tree.ts';

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
  const ends = await Promise.allSettled([...removing, evict(join(folder, 'kept'), new Set(), BUDGET)]);
  return ends.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []));
}
