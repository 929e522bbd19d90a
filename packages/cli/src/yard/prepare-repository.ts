/** The repository that `init` speaks of: a remote, one that is there, or a bare one that is made now by the system's git. */
import { execFile } from 'node:child_process';
import { readdir, statfs } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { diskTroubleIn } from '@gityard/store';
import { CliError, usageError } from '../errors.ts';
import { hintFor } from '../hints.ts';
import { absoluteAddress, isRemoteAddress } from '../start/address.ts';
import { makeFolder } from '../start/make-folder.ts';

export interface Preparation {
  readonly dir: string | undefined;
  readonly remote: string | undefined;
  readonly cwd: string;
  readonly dryRun: boolean;
}

export interface PreparedRepository {
  readonly address: string;
  /** A bare repository was made, or would be by a run that is not dry. */
  readonly made: boolean;
}

const run = promisify(execFile);

export async function prepareRepository({ dir, remote, cwd, dryRun }: Preparation): Promise<PreparedRepository> {
  if (remote !== undefined && dir !== undefined)
    throw usageError('both a folder and --remote were given', 'name one of them');
  if (remote !== undefined) return { address: await remoteAddress(remote, cwd), made: false };
  if (dir !== undefined && isRemoteAddress(dir)) return { address: dir, made: false };
  const folder = absoluteAddress(dir ?? '.', cwd);
  const known = await repositoryAt(folder);
  if (known !== undefined) return { address: known, made: false };
  if (!(await isEmpty(folder)))
    throw usageError(`${folder} is no repository, and not empty`, 'name a new folder, or run git init there first');
  if (!dryRun) await makeBare(folder);
  return { address: folder, made: true };
}

/** `origin` and the like, when the repository we stand in knows it. */
async function remoteAddress(remote: string, cwd: string): Promise<string> {
  const known = /^[\w.-]+$/.test(remote) ? await git(cwd, 'config', '--get', `remote.${remote}.url`) : undefined;
  return absoluteAddress(known || remote, cwd);
}

/** Only a repository that begins here: a folder somewhere inside another one is not it. */
async function repositoryAt(folder: string): Promise<string | undefined> {
  const bare = await git(folder, 'rev-parse', '--is-bare-repository');
  if (bare === undefined) return undefined;
  const top = await git(folder, 'rev-parse', bare === 'true' ? '--absolute-git-dir' : '--show-toplevel');
  return top !== undefined && resolve(top) === (await realFolder(folder)) ? folder : undefined;
}

async function realFolder(folder: string): Promise<string> {
  const { realpath } = await import('node:fs/promises');
  return realpath(folder);
}

async function isEmpty(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    // A folder that is missing will be made.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
}

async function makeBare(folder: string): Promise<void> {
  await makeFolder(folder);
  try {
    await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', '--', folder]);
    // What makes a look at the yard one request, and keeps a file of 100 MB where it is.
    for (const name of ['uploadpack.allowRefInWant', 'uploadpack.allowFilter'])
      await run('git', ['-C', folder, 'config', name, 'true']);
  } catch (cause) {
    throw await notMade(folder, cause as GitFailure);
  }
}

type GitFailure = NodeJS.ErrnoException & { readonly stderr?: string };

async function notMade(folder: string, cause: GitFailure): Promise<CliError> {
  if (cause.code === 'ENOENT')
    return new CliError('NOT_FOUND', 'git is not installed here', { hint: 'install git', cause });
  const words = cause.stderr?.trim().split('\n').at(-1) ?? cause.message;
  return repositoryNotMade(folder, `git could not make a repository in ${folder}: ${words}`);
}

/** `message` ends with what git said, which is not always why. */
export async function repositoryNotMade(folder: string, message: string): Promise<CliError> {
  const code = diskTroubleIn(message) ?? ((await isFull(folder)) ? 'DISK_FULL' : 'DENIED');
  const hint = code === 'DENIED' ? 'check that the folder may be written' : hintFor(code);
  return new CliError(code, message, { hint });
}

/** Git begins with a few small files. */
const LEAST_FREE_BYTES = 64 * 1024;

async function isFull(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < LEAST_FREE_BYTES;
}

async function git(folder: string, ...args: string[]): Promise<string | undefined> {
  try {
    return (await run('git', ['-C', folder, ...args])).stdout.trim();
  } catch {
    // Git's no is the answer here: no repository, no such remote.
    return undefined;
  }
}
