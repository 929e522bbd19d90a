/**
 * Which files differ between two commits of a repository, with as little fetched as there can be: the folders of the two, no
 * contents, no history. Answers undefined when it cannot tell, whatever the reason: then somebody has to build it all.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { oneAtATime } from '../one-at-a-time.ts';
import { protocolOf } from './address.ts';
import { runGit } from './git.ts';
import { findCommit, type Mirror, openMirror } from './mirror.ts';
import { isFullCommitId } from './revision.ts';

export interface ChangedPaths {
  readonly repository: string;
  readonly from: string;
  readonly to: string;
  /** Where what was fetched is kept for the next time. May be deleted at any time. */
  readonly folder: string;
  readonly stop: AbortSignal;
  readonly patienceMs?: number;
}

const REMOTE = 'source';
const PATIENCE_MS = 120_000;
/** Where git said more, its beginning is not there any more. */
const LONGEST_LIST = 3_900_000;

export async function changedPaths(request: ChangedPaths): Promise<readonly string[] | undefined> {
  const { repository, from, to, folder, stop, patienceMs = PATIENCE_MS } = request;
  const protocol = protocolOf(repository);
  if (protocol === null || !isFullCommitId(from) || !isFullCommitId(to)) return undefined;
  const patience = AbortSignal.any([stop, AbortSignal.timeout(patienceMs)]);
  return oneAtATime(join(folder, repository), async () => {
    const mirror = await openMirror({ address: repository, protocol, folder, stop: patience });
    try {
      await named(mirror);
      for (const commit of [from, to]) await fetchFolders(mirror, commit);
      return await difference(mirror, from, to);
    } catch {
      stop.throwIfAborted();
      // No such commit any more, a server that hands out none by its id, a damaged copy: one answer for all.
      await rm(mirror.gitDir, { recursive: true, force: true });
      return undefined;
    }
  });
}

/** Git leaves contents out only of what a remote with a name has promised to send later. */
async function named({ gitDir, remote }: Mirror): Promise<void> {
  for (const [key, value] of [
    ['url', remote.address],
    ['promisor', 'true'],
  ] as const)
    await runGit({ args: ['config', `remote.${REMOTE}.${key}`, value], gitDir, folder: gitDir, stop: remote.stop });
}

async function fetchFolders(mirror: Mirror, commit: string): Promise<void> {
  if ((await findCommit(mirror, commit)) !== null) return;
  const { gitDir, remote } = mirror;
  const fetch = ['fetch', '--quiet', '--no-write-fetch-head', '--no-tags', '--no-recurse-submodules', '--depth=1'];
  const what = ['--filter=blob:none', '--end-of-options', REMOTE, `+${commit}:refs/gityard/${commit}`];
  await runGit({ args: [...fetch, ...what], gitDir, folder: gitDir, protocol: remote.protocol, stop: remote.stop });
}

async function difference({ gitDir, remote }: Mirror, from: string, to: string): Promise<string[] | undefined> {
  const args = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', '--end-of-options', from, to];
  const text = await runGit({ args, gitDir, folder: gitDir, stop: remote.stop });
  return text.length > LONGEST_LIST ? undefined : text.split('\0').filter((it) => it !== '');
}
