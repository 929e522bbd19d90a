/** What becomes of logbooks that are closed: each is handed in once, also when its script died just then, and forgotten later. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '@gityard/yard';
import type { Final } from './entry.ts';
import { bookFolder, booksFolder, isThere, readOwn } from './place.ts';

const KEPT_MS = 7 * 86_400_000;

export const isHandedIn = (home: string, id: string): Promise<boolean> => isThere(markOf(home, id));
export const markHandedIn = (home: string, id: string): Promise<void> => writeDurably(markOf(home, id), '');
const markOf = (home: string, id: string): string => join(bookFolder(home, id), 'handed-in');

/** What was handed in long ago. Its log is in the yard. */
export async function forgetOld(home: string): Promise<void> {
  for (const folder of await foldersIn(home)) {
    const handedIn = await stat(join(folder, 'handed-in')).catch(() => undefined);
    if (handedIn && Date.now() - handedIn.mtimeMs > KEPT_MS) await rm(folder, { recursive: true, force: true });
  }
}

/** Closed for this yard and never handed in: whoever closed it was killed in between. */
export async function leftBehind(home: string, yard: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const id of await idsIn(home)) {
    const final = await readOwn<Final>(join(booksFolder(home), id, 'final.json')).catch(() => undefined);
    if (final?.yard === yard && !(await isThere(join(booksFolder(home), id, 'handed-in')))) found.push(id);
  }
  return found.sort();
}

const idsIn = (home: string): Promise<string[]> => readdir(booksFolder(home)).catch(() => []);
const foldersIn = async (home: string): Promise<string[]> =>
  (await idsIn(home)).map((id) => join(booksFolder(home), id));
