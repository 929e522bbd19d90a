/** The files that commits of a checkout change: those of a range `a..b`, or of a commit or branch since it left the yard. */
import { FILE_LIMIT_BYTES, type ProposedFile } from '@gityard/yard';
import { CliError, usageError } from '../errors.ts';
import { askGit } from './run-git.ts';

const MOST_FILES = 500;

export interface FromRange {
  readonly cwd: string;
  /** The commit of the yard's state now. */
  readonly head: string;
}

export async function fromRange(range: string, { cwd, head }: FromRange): Promise<readonly ProposedFile[]> {
  const [from, to] = await endsOf(range, { cwd, head });
  const args = ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-abbrev', from, to];
  const listed = await askGit(args, { cwd });
  if (!listed) throw new CliError('NOT_FOUND', `git cannot compare ${from} with ${to}`, { hint: 'fetch both first' });
  const changes = changesIn(listed.toString());
  if (changes.length > MOST_FILES)
    throw new CliError('TOO_LARGE', `${changes.length} files change`, {
      hint: `name a range of at most ${MOST_FILES}`,
    });
  const files: ProposedFile[] = [];
  for (const { path, mode, was, oid } of changes) {
    const content = isNone(oid) ? null : await blob(oid, { cwd, path });
    files.push({ path, mode, content, from: isNone(was) ? null : was });
  }
  return files;
}

/** A branch proposes what it changed since it left; that the yard went on meanwhile is no part of it. */
async function endsOf(range: string, { cwd, head }: FromRange): Promise<readonly [string, string]> {
  const [, left = '', right = ''] = /^(.*?)\.{2,3}(.*)$/.exec(range) ?? [];
  const isRange = range.includes('..');
  const to = await commitOf((isRange ? right : range) || 'HEAD', cwd);
  const from = isRange ? await commitOf(left || 'HEAD', cwd) : await knownHead(head, cwd);
  return [await mergeBase(from, to, cwd), to];
}

async function knownHead(head: string, cwd: string): Promise<string> {
  const found = await askGit(['cat-file', '-t', head], { cwd });
  if (found) return head;
  throw new CliError('NOT_FOUND', `the checkout does not have ${head.slice(0, 10)}, the yard's newest commit`, {
    hint: 'git fetch the yard, or name a range: origin/yard..HEAD',
  });
}

async function commitOf(name: string, cwd: string): Promise<string> {
  if (name.startsWith('-')) throw usageError(`${name} is no commit`, 'name a commit, a branch or a range a..b');
  const found = await askGit(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], { cwd });
  if (found) return found.toString().trim();
  throw new CliError('NOT_FOUND', `${name} is neither a file nor a commit here`, {
    hint: 'name a file, a patch, a commit or a range like origin/yard..HEAD',
  });
}

async function mergeBase(one: string, other: string, cwd: string): Promise<string> {
  const found = await askGit(['merge-base', one, other], { cwd });
  if (found) return found.toString().trim();
  throw new CliError('NOT_FOUND', `${one.slice(0, 10)} and ${other.slice(0, 10)} have no commit in common here`, {
    hint: 'fetch more of the history (git fetch --unshallow), or name a range a..b',
  });
}

interface Change {
  readonly path: string;
  readonly mode: string;
  readonly was: string;
  readonly oid: string;
}

/** `:100644 100644 <was> <is> M` and the path, each ended by a NUL. */
function changesIn(raw: string): Change[] {
  const parts = raw.split('\0');
  const changes: Change[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [, mode = '', was = '', oid = ''] = (parts[at] ?? '').split(' ');
    changes.push({ path: parts[at + 1] ?? '', mode, was, oid });
  }
  return changes;
}

const isNone = (oid: string): boolean => /^0+$/.test(oid);

async function blob(oid: string, { cwd, path }: { cwd: string; path: string }): Promise<Uint8Array> {
  const content = await askGit(['cat-file', 'blob', oid], { cwd, mostBytes: FILE_LIMIT_BYTES + 1 });
  if (content) return content;
  throw new CliError('NOT_FOUND', `the content of ${path} is not here`, { hint: 'fetch it first (git fetch)' });
}
