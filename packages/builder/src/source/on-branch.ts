/**
 * Whether a commit is part of a branch, as the remote says now. A job may name any commit beside any branch, so whoever trusts
 * a branch has to ask. Costs a question when the commit is the head of it, and the whole history otherwise.
 */
import { join } from 'node:path';
import { oneAtATime } from '../one-at-a-time.ts';
import { protocolOf } from './address.ts';
import { GitError, runGit } from './git.ts';
import { locate } from './locate.ts';
import { fetchAll, type Mirror, openMirror } from './mirror.ts';

export interface Place {
  readonly repository: string | null;
  readonly branch: string | null;
  readonly commit: string | null;
  readonly mirrors: string;
  readonly stop: AbortSignal;
}

export async function isOnBranch({ repository, branch, commit, mirrors, stop }: Place): Promise<boolean> {
  const protocol = repository === null ? null : protocolOf(repository);
  if (repository === null || protocol === null || branch === null || commit === null) return false;
  const remote = { address: repository, protocol, folder: mirrors, stop };
  const head = (await locate(remote, branch)).commit;
  if (head === commit) return true;
  return oneAtATime(join(mirrors, repository), async () => {
    const mirror = await openMirror(remote);
    await fetchAll(mirror);
    return isAncestor(mirror, commit, head);
  });
}

async function isAncestor({ gitDir, remote }: Mirror, commit: string, head: string): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', commit, head];
  try {
    await runGit({ args, gitDir, folder: gitDir, stop: remote.stop });
    return true;
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 1) return false;
    throw error;
  }
}
