/** The Git repository that a folder stands in, as far as finding a yard needs it. Asks the system's git; without one there is none. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isRemoteAddress } from './address.ts';

export interface CurrentRepository {
  /** The folder of a working tree, or of a bare repository. */
  readonly folder: string;
  readonly origin: string | null;
  /** Full names of refs that exist here. */
  readonly refs: ReadonlySet<string>;
}

const run = promisify(execFile);

export async function currentRepository(cwd: string, refs: readonly string[]): Promise<CurrentRepository | undefined> {
  const git = (...args: string[]) => gitIn(cwd, args);
  const [gitFolder, top, origin, found] = await Promise.all([
    git('rev-parse', '--absolute-git-dir'),
    git('rev-parse', '--show-toplevel'),
    git('config', '--get', 'remote.origin.url'),
    git('for-each-ref', '--format=%(refname)', ...refs),
  ]);
  if (!gitFolder) return undefined;
  return { folder: top || gitFolder, origin: usableOrigin(origin), refs: new Set(found?.split('\n')) };
}

/** A relative origin is meant from a place that is not told; git itself resolves it in more than one way. */
function usableOrigin(origin: string | undefined): string | null {
  if (!origin || origin.startsWith('-')) return null;
  return isRemoteAddress(origin) || origin.startsWith('/') || /^[a-z]:[\\/]/i.test(origin) ? origin : null;
}

/** Undefined when git says no, or is not there. */
async function gitIn(cwd: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return (await run('git', [...args], { cwd, timeout: 5_000 })).stdout.trim();
  } catch {
    // "Not a repository" and "no such setting" are answers here, not failures.
    return undefined;
  }
}
