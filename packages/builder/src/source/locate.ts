/**
 * Asks a remote what a branch, a tag or its default branch points at, without fetching anything. Tells "there is no
 * such branch" from "this did not answer like a repository", because only the first is the fault of who asked.
 */
import { BuildError } from '../build-error.ts';
import type { Protocol } from './address.ts';
import { runGit } from './git.ts';
import { isFullCommitId } from './revision.ts';

export interface Remote {
  readonly address: string;
  readonly protocol: Protocol;
  /** A folder of ours to stand in: git looks for a repository around it. */
  readonly folder: string;
  readonly stop: AbortSignal;
}

export interface Located {
  readonly branch: string | null;
  readonly ref: string;
  readonly commit: string;
}

export async function locate(remote: Remote, branch: string | null): Promise<Located> {
  const candidates = branch === null ? ['HEAD'] : candidatesFor(branch);
  const answer = readRefs(await listRefs(remote, ['HEAD', ...candidates, ...candidates.map((ref) => `${ref}^{}`)]));

  const ref = candidates.find((candidate) => answer.commits.has(candidate));
  if (ref === undefined) throw await notFound(remote, branch);
  const commit = answer.commits.get(`${ref}^{}`) ?? answer.commits.get(ref);
  if (!commit || !isFullCommitId(commit)) throw notARepository(remote);
  return { branch: branch ?? answer.head, ref, commit };
}

function candidatesFor(branch: string): string[] {
  return branch.startsWith('refs/') ? [branch] : [`refs/heads/${branch}`, `refs/tags/${branch}`];
}

function listRefs({ address, protocol, folder, stop }: Remote, patterns: readonly string[]): Promise<string> {
  return runGit({ args: ['ls-remote', '--symref', '--end-of-options', address, ...patterns], folder, protocol, stop });
}

function readRefs(text: string): { commits: Map<string, string>; head: string | null } {
  const rows = text.split('\n').flatMap((line) => {
    const [left, right] = line.split('\t');
    return left && right ? [{ left, right }] : [];
  });
  const symbolic = rows.find(({ left, right }) => right === 'HEAD' && left.startsWith('ref: refs/heads/'));
  const commits = rows.filter(({ left }) => !left.startsWith('ref: ')).map(({ left, right }) => [right, left] as const);
  return { commits: new Map(commits), head: symbolic?.left.slice('ref: refs/heads/'.length) ?? null };
}

async function notFound(remote: Remote, branch: string | null): Promise<BuildError> {
  // A login page of a guest network answers 200 and has no refs at all; so has an empty repository.
  const anything = await listRefs(remote, []);
  if (anything.trim() === '') return notARepository(remote);
  if (branch === null)
    return new BuildError('code', `${remote.address} names no default branch; say which branch to build`);
  return new BuildError('code', `branch ${branch} does not exist in ${remote.address}`);
}

function notARepository({ address }: Remote): BuildError {
  return new BuildError(
    'infrastructure',
    `${address} answered without a single branch: it is empty, or something else answers in its place`,
  );
}
