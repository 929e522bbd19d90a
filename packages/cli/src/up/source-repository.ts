/** What the first build builds: a repository by path or address, and for a path the branch and commit that it stands at. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface SourceRepository {
  readonly address: string;
  readonly branch: string | null;
  readonly commit: string | null;
}

/** Undefined when the path holds no repository with a commit. */
export async function sourceRepository(given: string, cwd: string): Promise<SourceRepository | undefined> {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(given) || /^[^/\\]+@[^:]+:/.test(given))
    return { address: given, branch: null, commit: null };
  const folder = resolve(cwd, given);
  const commit = await git(folder, 'rev-parse', '--verify', 'HEAD');
  if (commit === undefined) return undefined;
  const top = await git(folder, 'rev-parse', '--show-toplevel');
  const branch = await git(folder, 'symbolic-ref', '--short', 'HEAD');
  return { address: top || folder, branch: branch ?? null, commit };
}

async function git(folder: string, ...args: string[]): Promise<string | undefined> {
  try {
    return (await run('git', ['-C', folder, ...args])).stdout.trim();
  } catch {
    // No repository, or no commit in it: the caller says so in its own words.
    return undefined;
  }
}
