/**
 * Whether a commit is of a branch, as its repository says and not as a job says: rights hang on branches, a job may name any
 * commit beside any branch, and a host hands out commits of anybody's proposal by their ids. Costs a question when the commit is
 * the head of the branch, and the whole history otherwise.
 */
import { join } from 'node:path';
import { BuildError } from '../build-error.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { protocolOf } from './address.ts';
import { GitError, runGit } from './git.ts';
import { locate } from './locate.ts';
import { fetchAll, type Mirror, openMirror } from './mirror.ts';

export interface Claimed {
  readonly branch: string;
  readonly commit: string;
}

/** For who fetches it anyway: a refusal ends the build. */
export async function proveOnBranch(mirror: Mirror, claimed: Claimed): Promise<void> {
  const { commit: head } = await locate(mirror.remote, claimed.branch);
  if (await reaches(mirror, claimed.commit, head)) return;
  throw new BuildError('policy', `commit ${claimed.commit} is not on ${claimed.branch} of ${mirror.remote.address}`);
}

export interface Place {
  readonly repository: string | null;
  readonly branch: string | null;
  readonly commit: string | null;
  readonly mirrors: string;
  readonly stop: AbortSignal;
}

/** What is built where nobody names a branch; null: the repository names none. Whoever may change that may change what is trusted. */
export async function defaultBranch({
  repository,
  mirrors,
  stop,
}: Omit<Place, 'branch' | 'commit'>): Promise<string | null> {
  const protocol = repository === null ? null : protocolOf(repository);
  if (repository === null || protocol === null) return null;
  return (await locate({ address: repository, protocol, folder: mirrors, stop }, null)).branch;
}

/** For who has fetched nothing yet, and may not have to. */
export async function isOnBranch({ repository, branch, commit, mirrors, stop }: Place): Promise<boolean> {
  const protocol = repository === null ? null : protocolOf(repository);
  if (repository === null || protocol === null || branch === null || commit === null) return false;
  const remote = { address: repository, protocol, folder: mirrors, stop };
  const head = (await locate(remote, branch)).commit;
  if (head === commit) return true;
  return oneAtATime(join(mirrors, repository), async () => reaches(await openMirror(remote), commit, head));
}

async function reaches(mirror: Mirror, commit: string, head: string): Promise<boolean> {
  if (head === commit || (await isAncestor(mirror, commit, head))) return true;
  // Without the whole history nobody can tell.
  await fetchAll(mirror);
  return isAncestor(mirror, commit, head);
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
