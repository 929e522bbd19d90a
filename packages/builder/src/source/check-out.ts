/**
 * Writes the files of one commit into an empty folder, and only the files: no `.git`. A build can therefore not leave
 * a hook or a setting that a later git of ours would obey; what it may know of its commit, it is told by environment.
 */
import { runGit } from './git.ts';

export interface CheckOut {
  readonly gitDir: string;
  readonly commit: string;
  readonly folder: string;
  readonly index: string;
  readonly stop: AbortSignal;
}

export async function checkOut({ gitDir, commit, folder, index, stop }: CheckOut): Promise<void> {
  const git = (...args: string[]) => runGit({ args: [`--work-tree=${folder}`, ...args], gitDir, folder, index, stop });
  await git('read-tree', '--end-of-options', commit);
  await git('checkout-index', '--all', '--force', '--quiet');
}
