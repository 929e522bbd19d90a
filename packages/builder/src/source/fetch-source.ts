/**
 * Brings one commit of one repository into an empty folder and says exactly which it is. Fetches as little as the server
 * allows: nothing when the commit is already here, one commit without history otherwise, everything as the last resort.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from '../build-error.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { protocolOf } from './address.ts';
import { GitError, runGit } from './git.ts';
import { locate, type Remote } from './locate.ts';
import { fetchAll, fetchOne, findCommit, type Mirror, openMirror } from './mirror.ts';
import { proveOnBranch } from './on-branch.ts';
import { isCommitId, isFullCommitId, isRefName } from './revision.ts';
import { withRetries } from './with-retries.ts';

export interface SourceRequest {
  readonly repository: string;
  readonly branch: string | null;
  readonly commit: string | null;
  readonly mirrors: string;
  /** Whether rights hang on it that the commit is of the branch: then it is not believed but looked up. */
  readonly provesBranch?: boolean;
  readonly stop: AbortSignal;
  readonly firstPauseMs?: number;
  onRetry?(error: Error): void;
  /** Writes the files of the commit to where they are wanted; again when the mirror turned out to be damaged. */
  layOut(found: FoundCommit): Promise<void>;
}

interface FoundCommit {
  readonly gitDir: string;
  readonly commit: string;
  readonly stop: AbortSignal;
}

export interface Source {
  readonly branch: string | null;
  readonly commit: string;
  readonly committedSeconds: number;
}

export async function fetchSource(request: SourceRequest): Promise<Source> {
  const remote = checked(request);
  try {
    return await oneAtATime(join(request.mirrors, request.repository), () =>
      withRetries(() => fetchOnce(remote, request), request),
    );
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new BuildError('infrastructure', `fetching ${request.repository} failed: ${error.message}`, { cause: error });
  }
}

function checked({ repository, branch, commit, mirrors, stop }: SourceRequest): Remote {
  const protocol = protocolOf(repository);
  if (protocol === null)
    throw new BuildError('policy', `${JSON.stringify(repository)} is not an address that an agent fetches from`);
  if (branch !== null && !isRefName(branch))
    throw new BuildError('code', `${JSON.stringify(branch)} cannot be the name of a branch`);
  if (commit !== null && !isCommitId(commit))
    throw new BuildError('code', `${JSON.stringify(commit)} cannot be the id of a commit`);
  return { address: repository, protocol, folder: mirrors, stop };
}

async function fetchOnce(remote: Remote, request: SourceRequest): Promise<Source> {
  const { branch, commit, provesBranch = false, stop, layOut } = request;
  stop.throwIfAborted();
  const mirror = await openMirror(remote);
  try {
    const found =
      commit === null ? await fetchBranch(mirror, branch) : { branch, commit: await fetchCommit(mirror, commit) };
    if (provesBranch && branch !== null && commit !== null)
      await proveOnBranch(mirror, { branch, commit: found.commit });
    await layOut({ gitDir: mirror.gitDir, commit: found.commit, stop });
    return { ...found, committedSeconds: await committedSeconds(mirror, found.commit) };
  } catch (error) {
    throw await withoutDamage(mirror, error);
  }
}

const DAMAGE =
  /corrupt|bad object|missing (blob|tree|commit)|unable to (read|unpack)|packfile|loose object|inflate|not a git repository|bad config/i;

/** A mirror is only a cache: when it is damaged it is deleted, and the next try fetches it anew. */
async function withoutDamage({ gitDir }: Mirror, error: unknown): Promise<unknown> {
  if (!(error instanceof GitError) || !DAMAGE.test(error.message)) return error;
  await rm(gitDir, { recursive: true, force: true });
  return new GitError(error.message, { transient: true, exitCode: error.exitCode });
}

async function fetchBranch(mirror: Mirror, name: string | null): Promise<{ branch: string | null; commit: string }> {
  const { branch, ref, commit } = await locate(mirror.remote, name);
  if (await findCommit(mirror, commit)) return { branch, commit };
  // The branch may have moved since we asked; what came now is what we build.
  const fetched = await fetchOne(mirror, ref);
  if (fetched === null) throw new BuildError('code', `${ref} in ${mirror.remote.address} does not point at a commit`);
  return { branch, commit: fetched };
}

async function fetchCommit(mirror: Mirror, id: string): Promise<string> {
  const known = isFullCommitId(id) ? await findCommit(mirror, id) : null;
  const found = known ?? (isFullCommitId(id) ? await tryFetchOne(mirror, id) : null);
  if (found) return found;

  await fetchAll(mirror);
  const commit = await findCommit(mirror, id);
  if (commit === null) throw new BuildError('code', `commit ${id} does not exist in ${mirror.remote.address}`);
  return commit;
}

/** Servers differ in whether they hand out a commit that no branch points at; a refusal is no failure yet. */
async function tryFetchOne(mirror: Mirror, id: string): Promise<string | null> {
  try {
    return await fetchOne(mirror, id);
  } catch (error) {
    if (error instanceof GitError && !error.transient) return null;
    throw error;
  }
}

async function committedSeconds({ gitDir, remote }: Mirror, commit: string): Promise<number> {
  const args = ['show', '--no-patch', '--format=%ct', '--end-of-options', commit];
  return Number((await runGit({ args, gitDir, folder: gitDir, stop: remote.stop })).trim());
}
