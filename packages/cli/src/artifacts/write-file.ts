/** Writes a file that a person asked for: whole, or not at all. */
import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CliError } from '../errors.ts';

export async function writeWhole(path: string, text: string): Promise<void> {
  // A name that no manifest of the folder takes up.
  const part = join(dirname(path), `.${basename(path)}.gityard-${process.pid}.part`);
  try {
    await writeFile(part, text, { flag: 'wx', flush: true });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new CliError('NOT_FOUND', `there is no folder ${dirname(path)}`, { hint: 'make it first, or name another' });
  }
}
