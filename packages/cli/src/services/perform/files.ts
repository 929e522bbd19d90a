/** The files of a service on the disk: what is there, and replacing or removing it in one step. */
import { createHash, randomBytes } from 'node:crypto';
import { lstat, open, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../../start/make-folder.ts';
import type { PlannedFile, PlannedFolder } from '../plan.ts';
import { type Account, accountOf } from './account-ids.ts';

export const bytesOf = ({ content, encoding }: Pick<PlannedFile, 'content' | 'encoding'>): Buffer =>
  // Windows knows by the first two bytes how the rest is to be read.
  encoding === 'utf16le' ? Buffer.from(`\ufeff${content}`, 'utf16le') : Buffer.from(content);

export const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Undefined: it is not there. */
export async function readOrNothing(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export async function placeFile(file: PlannedFile): Promise<void> {
  await makeFolder(dirname(file.path));
  await replace(file.path, bytesOf(file), { mode: file.mode, account: await accountOf(file.owner) });
}

export const putBack = (path: string, bytes: Buffer): Promise<void> =>
  replace(path, bytes, { mode: 0o644, account: null });

/** Resolves with the folders that were made, the outermost first. One that is there already stays as it is. */
export async function placeFolder({ path, mode, owner }: PlannedFolder): Promise<readonly string[]> {
  const made = await missingAmong(path);
  if (made.length === 0) return [];
  await makeFolder(path);
  const folder = await open(path, 'r');
  try {
    const account = await accountOf(owner);
    if (process.platform !== 'win32') await folder.chmod(mode);
    if (account) await folder.chown(account.uid, account.gid);
  } finally {
    await folder.close();
  }
  return made;
}

/** Only what is empty goes: in the others lies something that is not ours to remove. */
export async function removeFolders(paths: readonly string[]): Promise<void> {
  for (const path of [...paths].sort((one, other) => other.length - one.length))
    await rmdir(path).catch((error: unknown) => {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EBUSY'].includes(code)) throw error;
    });
}

interface Rights {
  readonly mode: number;
  readonly account: Account | null;
}

async function replace(path: string, bytes: Buffer, { mode, account }: Rights): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    // Never for a moment readable by more than it may be.
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.chmod(mode);
      if (account) await file.chown(account.uid, account.gid);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function missingAmong(path: string): Promise<readonly string[]> {
  if (dirname(path) === path || (await lstat(path).catch(() => undefined))) return [];
  return [...(await missingAmong(dirname(path))), path];
}

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
