/**
 * What branches of a repository point at, in one question and without fetching anything. A branch that is not there is not in
 * the answer; a repository that does not answer in time, or not like one, is an error.
 */
import { BuildError } from '../build-error.ts';
import { protocolOf } from './address.ts';
import { GitError, runGit } from './git.ts';
import { isFullCommitId, isRefName } from './revision.ts';

export interface BranchHeads {
  readonly repository: string;
  readonly branches: readonly string[];
  /** A folder to stand in. */
  readonly folder: string;
  readonly stop: AbortSignal;
  readonly patienceMs?: number;
}

const PATIENCE_MS = 30_000;
/** So many names of branches go into one question: a command line has an end. */
const MOST_BRANCHES = 500;

export async function branchHeads(request: BranchHeads): Promise<ReadonlyMap<string, string>> {
  const { repository, branches, folder, stop, patienceMs = PATIENCE_MS } = request;
  const protocol = protocolOf(repository);
  if (protocol === null)
    throw new BuildError('policy', `${JSON.stringify(repository)} is not an address that an agent fetches from`);
  const refs = branches.filter(isRefName).map((it) => `refs/heads/${it}`);
  if (refs.length > MOST_BRANCHES)
    throw new BuildError('policy', `more than ${MOST_BRANCHES} branches of ${repository}`);
  const patience = AbortSignal.timeout(patienceMs);
  const args = ['ls-remote', '--refs', '--end-of-options', repository, ...refs];
  try {
    const text = await runGit({ args, folder, protocol, stop: AbortSignal.any([stop, patience]) });
    return headsIn(text, new Set(refs));
  } catch (error) {
    stop.throwIfAborted();
    const why = patience.aborted ? `it did not answer within ${patienceMs / 1000} s` : (error as Error).message;
    if (!patience.aborted && !(error instanceof GitError)) throw error;
    throw new BuildError('infrastructure', `${repository} cannot be asked: ${why}`, { cause: error });
  }
}

/** Git matches the ends of names: what ends like a branch that was asked for is none. */
function headsIn(text: string, refs: ReadonlySet<string>): Map<string, string> {
  const rows = text.split('\n').map((line) => line.split('\t'));
  return new Map(
    rows.flatMap(([commit = '', ref = '']) =>
      refs.has(ref) && isFullCommitId(commit) ? [[ref.slice('refs/heads/'.length), commit] as const] : [],
    ),
  );
}
