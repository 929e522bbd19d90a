/**
 * What lies in a working tree, as a commit that can be built: what is not committed is part of it, what is ignored is not. The
 * repository itself is left as it is, but read; its new objects go into a repository of ours that borrows all others.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../errors.ts';
import { askGit } from '../proposal/run-git.ts';

export interface Snapshot {
  /** A bare repository on this machine. */
  readonly repository: string;
  readonly branch: string;
  readonly commit: string;
  /** Whether it differs from the commit that is checked out. */
  readonly isChanged: boolean;
}

export async function snapshotOf(folder: string, trees: string): Promise<Snapshot> {
  const say = async (...args: string[]) => (await askGit(args, { cwd: folder }))?.toString('utf8').trim();
  const gitDir = await say('rev-parse', '--absolute-git-dir');
  const objects = await say('rev-parse', '--path-format=absolute', '--git-path', 'objects');
  if (!gitDir || !objects)
    throw new CliError('NOT_FOUND', `${folder} is no working tree of Git`, { hint: 'give --repo <url>' });
  const head = await say('rev-parse', '--quiet', '--verify', 'HEAD^{commit}');
  const branch = (await say('symbolic-ref', '--quiet', '--short', 'HEAD')) ?? 'main';
  const repository = await borrower(trees, { folder, objects });
  const commit = await commitIn({ folder, gitDir, objects, repository, head });
  await must(askGit(['update-ref', `refs/heads/${branch}`, commit], { cwd: repository }), 'naming the commit');
  const before = head && (await say('rev-parse', '--quiet', '--verify', `${head}^{tree}`));
  const after = (await askGit(['rev-parse', `${commit}^{tree}`], { cwd: repository }))?.toString('utf8').trim();
  return { repository, branch, commit, isChanged: before !== after };
}

/** One for each working tree, so that what was fetched of it once need not be fetched again. */
async function borrower(trees: string, { folder, objects }: { folder: string; objects: string }): Promise<string> {
  const repository = join(trees, `${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.git`);
  await mkdir(trees, { recursive: true });
  await must(askGit(['init', '--quiet', '--bare', '--template=', repository], { cwd: trees }), 'making a repository');
  await mkdir(join(repository, 'objects', 'info'), { recursive: true });
  await writeFile(join(repository, 'objects', 'info', 'alternates'), `${objects}\n`);
  return repository;
}

interface Source {
  readonly folder: string;
  readonly gitDir: string;
  readonly objects: string;
  readonly repository: string;
  readonly head: string | undefined;
}

const WHO = { GIT_AUTHOR_NAME: 'gityard', GIT_AUTHOR_EMAIL: 'gityard@localhost' };
const COMMITTER = { GIT_COMMITTER_NAME: 'gityard', GIT_COMMITTER_EMAIL: 'gityard@localhost' };
/** The same files are the same commit, so that a second run of them finds what the first one left. */
const WHEN = { GIT_AUTHOR_DATE: '2000-01-01T00:00:00Z', GIT_COMMITTER_DATE: '2000-01-01T00:00:00Z' };

async function commitIn({ folder, gitDir, objects, repository, head }: Source): Promise<string> {
  const index = join(repository, `index-${randomBytes(4).toString('hex')}`);
  const env = {
    ...process.env,
    ...WHO,
    ...COMMITTER,
    ...WHEN,
    GIT_DIR: gitDir,
    GIT_WORK_TREE: folder,
    GIT_INDEX_FILE: index,
    GIT_OBJECT_DIRECTORY: join(repository, 'objects'),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
  };
  const git = (...args: string[]) => must(askGit(args, { cwd: folder, env }), `git ${args[0]}`);
  try {
    if (head) await git('read-tree', head);
    await git('-c', 'core.hooksPath=/dev/null', 'add', '--all');
    const tree = await git('write-tree');
    const parent = head ? ['-p', head] : [];
    return await git('commit-tree', tree, ...parent, '-m', 'the working tree');
  } finally {
    await rm(index, { force: true });
  }
}

async function must(said: Promise<Buffer | undefined>, what: string): Promise<string> {
  const text = await said;
  if (text === undefined)
    throw new CliError('INVALID_DATA', `the working tree cannot be read: ${what} failed`, {
      hint: 'does git status work here?',
    });
  return text.toString('utf8').trim();
}
