/** The inbox files that words of a command line name: files, and the folders of them that an inbox may have. */
import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { CliError, usageError } from '../errors.ts';

const MOST_FILES = 5_000;

/** As they were named, in order. Throws when there is none, or one of them is not there. */
export async function inboxFiles(names: readonly string[], cwd: string): Promise<readonly string[]> {
  if (names.length === 0) throw usageError('no file was given', 'name files of the inbox, or their folder');
  const files = (await Promise.all(names.map((name) => filesAt(name, cwd)))).flat();
  if (files.length > MOST_FILES) throw usageError(`${files.length} files are too many`, `name ${MOST_FILES} at most`);
  return files;
}

async function filesAt(name: string, cwd: string): Promise<string[]> {
  const found = await stat(resolve(cwd, name)).catch((cause: unknown) => {
    throw new CliError('NOT_FOUND', `${name} is not there`, { hint: 'check the path', cause });
  });
  if (!found.isDirectory()) return [name];
  // All of them, also those that lie too deep: a yard would not take those up, and that has to be told.
  const entries = await readdir(resolve(cwd, name), { withFileTypes: true, recursive: true });
  return entries
    .filter((it) => it.isFile() && it.name.endsWith('.json'))
    .map((it) => join(name, relative(resolve(cwd, name), it.parentPath), it.name))
    .sort();
}

/** By the folder `queue` that it lies in; where there is none, nobody knows where it will lie. */
export function isTooDeep(path: string): boolean {
  const parts = path.split(sep);
  const inbox = parts.lastIndexOf('queue');
  return inbox >= 0 && parts.length - inbox > 3;
}
