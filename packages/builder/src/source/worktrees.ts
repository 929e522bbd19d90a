/**
 * A folder for each branch, below one that a person chose, from one bare clone for each repository. What is there already stays
 * as it is: a worktree of ours, because somebody may work in it, and anything else, because it is not ours.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from '../build-error.ts';
import { protocolOf } from './address.ts';
import { GitError, runGit } from './git.ts';
import { isRefName } from './revision.ts';
import { besideOthers, makeOnce, whileAlone } from './shared-repository.ts';

export interface WantedWorktree {
  readonly name: string;
  readonly repository: string;
  readonly branch: string;
  /** Below the folder of all. */
  readonly folder: string;
}

export interface WorktreeSetUp {
  readonly name: string;
  readonly path: string;
  readonly state: 'made' | 'kept' | 'foreign' | 'failed';
  readonly text: string;
}

const CLONES = '.gityard-clones';
const FOLDER = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

export async function setUpWorktrees(
  below: string,
  wanted: readonly WantedWorktree[],
  stop: AbortSignal,
): Promise<readonly WorktreeSetUp[]> {
  await mkdir(below, { recursive: true });
  const base = await realpath(below);
  const done: WorktreeSetUp[] = [];
  for (const it of wanted) done.push(await whileAlone(cloneOf(base, it), () => setUp(base, it, stop), stop));
  return done;
}

async function setUp(base: string, wanted: WantedWorktree, stop: AbortSignal): Promise<WorktreeSetUp> {
  const { name, folder } = wanted;
  const path = join(base, folder);
  const told = (state: WorktreeSetUp['state'], text: string): WorktreeSetUp => ({ name, path, state, text });
  try {
    const clone = await openClone(base, wanted, stop);
    const trees = await clone.worktrees();
    if (existsSync(path) && trees.has(await realpath(path))) return told('kept', 'is there already');
    if (!(await isFree(path))) return told('foreign', 'there is something else: it is left alone');
    return told('made', await clone.add(path, wanted.branch, new Set(trees.values())));
  } catch (error) {
    stop.throwIfAborted();
    if (error instanceof GitError || error instanceof BuildError) return told('failed', error.message);
    throw error;
  }
}

async function isFree(path: string): Promise<boolean> {
  try {
    return (await readdir(path)).length === 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    // A file, or a folder that we may not look into.
    return false;
  }
}

function cloneOf(base: string, { repository }: Pick<WantedWorktree, 'repository'>): string {
  return join(base, CLONES, `${createHash('sha256').update(repository).digest('hex').slice(0, 32)}.git`);
}

interface Clone {
  /** By their paths, the branches that they have out; null: none. */
  worktrees(): Promise<ReadonlyMap<string, string | null>>;
  add(path: string, branch: string, taken: ReadonlySet<string | null>): Promise<string>;
}

async function openClone(
  base: string,
  { repository, branch, folder }: WantedWorktree,
  stop: AbortSignal,
): Promise<Clone> {
  const protocol = protocolOf(repository);
  if (protocol === null) throw new BuildError('policy', `${JSON.stringify(repository)} is no address to clone from`);
  if (!isRefName(branch)) throw new BuildError('code', `${JSON.stringify(branch)} cannot be the name of a branch`);
  if (!FOLDER.test(folder)) throw new BuildError('code', `${JSON.stringify(folder)} cannot be the name of a folder`);
  const gitDir = cloneOf(base, { repository });
  const local = (...args: string[]) => besideOthers(() => runGit({ args, gitDir, folder: base, stop }), stop);
  await begin({ gitDir, repository, base, stop });
  const fetch = ['fetch', '--quiet', '--prune', '--no-recurse-submodules', 'origin'];
  await besideOthers(() => runGit({ args: fetch, gitDir, folder: base, protocol, stop }), stop);
  return { worktrees: () => worktreesOf(local), add: (path, name, taken) => add({ local, path, branch: name, taken }) };
}

type Local = (...args: string[]) => Promise<string>;

interface Beginning {
  readonly gitDir: string;
  readonly repository: string;
  readonly base: string;
  readonly stop: AbortSignal;
}

async function begin({ gitDir, repository, base, stop }: Beginning): Promise<void> {
  const runIn = (folder: string, ...args: string[]) => runGit({ args, gitDir: folder, folder: base, stop });
  if (existsSync(gitDir)) {
    const origin = await runIn(gitDir, 'config', '--get', 'remote.origin.url').catch(() => '');
    if (origin.trim() === repository) return;
    // Ours that was killed in its first moment is empty; all else is not ours.
    if ((await readdir(gitDir)).length > 0) throw new BuildError('policy', `${gitDir} is no clone of ${repository}`);
  }
  await makeOnce(gitDir, async (folder) => {
    await runIn(folder, 'init', '--quiet', '--bare', '--template=');
    await runIn(folder, 'config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*');
    await runIn(folder, 'config', 'remote.origin.url', repository);
  });
}

async function worktreesOf(local: Local): Promise<ReadonlyMap<string, string | null>> {
  await local('worktree', 'prune');
  const rows = (await local('worktree', 'list', '--porcelain', '-z')).split('\0\0');
  return new Map(
    rows.flatMap((row) => {
      const lines = row.split('\0').filter((it) => it !== '');
      const path = lines.find((it) => it.startsWith('worktree '))?.slice('worktree '.length);
      const branch = lines.find((it) => it.startsWith('branch '))?.slice('branch refs/heads/'.length) ?? null;
      return path === undefined || lines.includes('bare') ? [] : [[path, branch] as const];
    }),
  );
}

/** A branch can be out in one folder only: where another profile has it, this one gets its commit alone. */
async function add({ local, path, branch, taken }: Adding): Promise<string> {
  const remote = `refs/remotes/origin/${branch}`;
  if (taken.has(branch)) {
    await local('worktree', 'add', '--quiet', '--detach', path, remote);
    return `is at the commit of ${branch}, which is out in another folder`;
  }
  const isThere = await local('rev-parse', '--quiet', '--verify', '--end-of-options', `refs/heads/${branch}`).then(
    () => true,
    () => false,
  );
  if (isThere) await local('worktree', 'add', '--quiet', path, branch);
  else await local('worktree', 'add', '--quiet', '--track', '-b', branch, path, remote);
  return `has ${branch} out`;
}

interface Adding {
  readonly local: Local;
  readonly path: string;
  readonly branch: string;
  readonly taken: ReadonlySet<string | null>;
}
