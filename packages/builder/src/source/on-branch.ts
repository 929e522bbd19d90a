/**
 * Whether a commit is of a branch, as its repository says and not as a job says: rights hang on branches, and a host hands out
 * commits of anybody's proposal by their ids.
 */
import { BuildError } from '../build-error.ts';
import { GitError, runGit } from './git.ts';
import { locate } from './locate.ts';
import { fetchAll, type Mirror } from './mirror.ts';

export interface Claimed {
  readonly branch: string;
  readonly commit: string;
}

export async function proveOnBranch(mirror: Mirror, { branch, commit }: Claimed): Promise<void> {
  const { commit: head } = await locate(mirror.remote, branch);
  if (head === commit || (await isAncestor(mirror, commit, head))) return;
  // Without the whole history nobody can tell.
  await fetchAll(mirror);
  if (await isAncestor(mirror, commit, head)) return;
  throw new BuildError('policy', `commit ${commit} is not on ${branch} of ${mirror.remote.address}`);
}

async function isAncestor({ gitDir, remote }: Mirror, commit: string, head: string): Promise<boolean> {
  try {
    const args = ['merge-base', '--is-ancestor', commit, head];
    await runGit({ args, gitDir, folder: gitDir, stop: remote.stop });
    return true;
  } catch (error) {
    // 1: no. 128: one of them is not here yet.
    if (error instanceof GitError && (error.exitCode === 1 || error.exitCode === 128)) return false;
    throw error;
  }
}
