/** Where logbooks lie on this machine, and the small files that say how far each has come. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../errors.ts';

const ID = /^[a-z0-9][A-Za-z0-9._-]{0,150}$/;

export const booksFolder = (home: string): string => join(home, 'logbook');

export function bookFolder(home: string, id: string): string {
  if (ID.test(id)) return join(booksFolder(home), id);
  throw new CliError('NOT_FOUND', `${id} is no id of a logbook`, { hint: 'gityard logbook init prints one' });
}

export const isThere = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined)) !== undefined;

/** Undefined: there is none. */
export async function readOwn<T>(path: string): Promise<T | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  return text === undefined ? undefined : (JSON.parse(text) as T);
}
