/**
 * The bare repositories under one folder: which names are allowed, where one lies, and how one is made. Knows no
 * HTTP. Whatever else lies in the folder is invisible, because only `<name>.git` with a legal name is looked at.
 */
import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { GitServerError } from './errors.ts';
import { startGit } from './git-process.ts';

// fsckObjects: nothing malformed enters. allowFilter: partial clones. fsync: a push that was answered survives a power
// cut, for some 2 ms on a solid-state disk. Collecting garbage inside a push would make one unlucky writer wait for it,
// so upkeep.ts packs objects apart.
// http.receivepack is for Git's own http-backend, should somebody put that in front of the same folder.
const SETTINGS = `[core]
\tfsync = committed
[receive]
\tfsckObjects = true
\tautogc = false
[uploadpack]
\tallowFilter = true
[gc]
\tauto = 0
[http]
\treceivepack = true
`;

export function isRepositoryName(name: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,99}$/.test(name) && !name.includes('..') && !name.endsWith('.git');
}

export function repositoryPath(root: string, name: string): string {
  if (isRepositoryName(name)) return join(root, `${name}.git`);
  throw new GitServerError(
    'BAD_REPOSITORY_NAME',
    `"${name}" cannot name a repository; use up to 100 of a-z 0-9 . _ - and start with a letter or digit`,
  );
}

export async function repositoryExists(path: string): Promise<boolean> {
  const head = await stat(join(path, 'HEAD')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  return head?.isFile() ?? false;
}

/**
 * Makes a bare repository, or leaves the one that is there exactly as it is. It is made under a name that nobody
 * can ask for and then renamed, so that no request ever meets half a repository.
 */
export async function createRepository(root: string, name: string, { description }: { description?: string } = {}) {
  const path = repositoryPath(root, name);
  if (await repositoryExists(path)) return path;

  const draft = join(root, `.draft-${randomBytes(8).toString('hex')}`);
  try {
    await initialize(draft);
    await appendFile(join(draft, 'config'), SETTINGS);
    await writeFile(join(draft, 'description'), `${description ?? name}\n`);
    await publish(draft, path);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return path;
}

async function initialize(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
  const git = startGit(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', path]);
  git.stdin.end();
  git.stdout.resume();
  const { code, complaint } = await git.ended;
  if (code !== 0) throw new GitServerError('GIT_FAILED', `could not make a repository in ${path}: ${complaint}`);
}

async function publish(draft: string, path: string): Promise<void> {
  await rename(draft, path).catch(async (error: unknown) => {
    // Another creator was quicker: a folder that is not empty cannot be replaced, and theirs is as good as ours.
    if (await repositoryExists(path)) return;
    throw error;
  });
}
