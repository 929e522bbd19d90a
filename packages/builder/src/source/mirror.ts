/**
 * One bare repository per address, kept between builds so that only what is new travels. It holds objects, is written
 * by nobody else, and can be deleted at any time. Knows nothing of branches that people mean; it is told refs and ids.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GitError, runGit } from './git.ts';
import type { Remote } from './locate.ts';
import { besideOthers, makeOnce } from './shared-repository.ts';

export interface Mirror {
  readonly remote: Remote;
  readonly gitDir: string;
}

export async function openMirror(remote: Remote): Promise<Mirror> {
  const key = createHash('sha256').update(remote.address).digest('hex').slice(0, 32);
  const gitDir = join(remote.folder, `${key}.git`);
  const args = ['init', '--quiet', '--bare', '--template='];
  await makeOnce(gitDir, async (folder) => void (await runGit({ args, gitDir: folder, folder, stop: remote.stop })));
  return { remote, gitDir };
}

/** Whether the mirror holds the commit, and what its full id is. */
export async function findCommit({ gitDir, remote }: Mirror, id: string): Promise<string | null> {
  const args = ['rev-parse', '--quiet', '--verify', '--end-of-options', `${id}^{commit}`];
  try {
    return (await runGit({ args, gitDir, folder: gitDir, stop: remote.stop })).trim();
  } catch (error) {
    if (error instanceof GitError) return null;
    throw error;
  }
}

/** Fetches a ref, or a commit by its full id, without history where that is possible. Answers the id of what came. */
export async function fetchOne(mirror: Mirror, source: string): Promise<string | null> {
  const ref = `refs/gityard/${createHash('sha256').update(source).digest('hex').slice(0, 32)}`;
  const refspecs = [`+${source}:${ref}`];
  try {
    await fetchInto(mirror, ['--depth=1'], refspecs);
  } catch (error) {
    // A plain file server cannot cut a history short.
    if (!(error instanceof GitError && /shallow/i.test(error.message) && !/\.lock/.test(error.message))) throw error;
    await fetchInto(mirror, [], refspecs);
  }
  return findCommit(mirror, ref);
}

/** Everything: for abbreviated ids, and for servers that hand out no commit by its id. */
export async function fetchAll(mirror: Mirror): Promise<void> {
  const shallow = existsSync(join(mirror.gitDir, 'shallow'));
  const refspecs = ['+refs/heads/*:refs/gityard/heads/*', '+refs/tags/*:refs/gityard/tags/*'];
  await fetchInto(mirror, shallow ? ['--unshallow'] : [], refspecs);
}

async function fetchInto(
  { gitDir, remote }: Mirror,
  flags: readonly string[],
  refspecs: readonly string[],
): Promise<void> {
  const { address, protocol, stop } = remote;
  const args = [
    'fetch',
    '--quiet',
    '--no-write-fetch-head',
    '--no-tags',
    '--no-recurse-submodules',
    ...flags,
    '--end-of-options',
    address,
    ...refspecs,
  ];
  const act = async () => {
    await removeStaleLocks(gitDir);
    await runGit({ args, gitDir, folder: gitDir, protocol, stop });
  };
  await besideOthers(act, stop);
}

/** Shorter than the patience of `besideOthers`, so that what a killed git left is out of the way before that ends. */
const STALE_MS = 15_000;

/**
 * A killed git leaves its lock files, and they would stop every later fetch. Nobody but us writes here, but another program of
 * ours may be at it now: what is fresh is left alone.
 */
async function removeStaleLocks(gitDir: string): Promise<void> {
  const names = await readdir(gitDir, { recursive: true });
  const locks = names.filter((name) => name.endsWith('.lock') && !name.startsWith('objects'));
  const remove = async (path: string): Promise<void> => {
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > STALE_MS) await rm(path, { force: true });
  };
  await Promise.all(locks.map((name) => remove(join(gitDir, name))));
}
