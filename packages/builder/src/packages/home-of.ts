/**
 * Which home a build gets: package caches lie there, and programs believe what they find in them. Builds of trusted refs of one
 * repository share one; every other build has one in its own workspace, that nobody else ever sees. So no repository, and no
 * branch of strangers, can put a changed package where another build takes it up.
 */
import { createHash } from 'node:crypto';
import { lstat, readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildRequest } from '../contract.ts';
import { removeTree } from '../remove-tree.ts';

/** What a job without a repository runs is the owner's own: a command that he allows, a processor of tasks. */
export function homeOf(
  { job, cache }: Pick<BuildRequest, 'job' | 'cache'>,
  at: { root: string; workspace: string },
): string {
  if (job.repository === null) return join(at.root, 'home');
  if (!isTrusted({ job, cache })) return join(at.workspace, 'home');
  return join(at.root, 'homes', createHash('sha256').update(job.repository).digest('hex').slice(0, 32));
}

export const isTrusted = ({ job, cache }: Pick<BuildRequest, 'job' | 'cache'>): boolean =>
  cache?.mayWrite === true && cache.scope === job.repository;

/** So that those which nobody uses any more are known. */
export async function markUsed(home: string): Promise<void> {
  const now = new Date();
  await utimes(home, now, now).catch(() => undefined);
}

/** Homes of repositories that were not built since; how many. */
export async function removeOldHomes(root: string, before: Date): Promise<number> {
  const homes = join(root, 'homes');
  let removed = 0;
  for (const name of await readdir(homes).catch(() => [])) {
    const status = await lstat(join(homes, name)).catch(() => null);
    if (!status?.isDirectory() || status.mtime >= before) continue;
    await removeTree(join(homes, name));
    removed++;
  }
  return removed;
}
