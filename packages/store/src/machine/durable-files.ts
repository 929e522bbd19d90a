/**
 * The few acts on this machine's disk from which everything durable is made. Each leaves after a power cut either what was
 * there before or what was to be there, and resolves only when it would survive one. Knows no contents.
 */
import { randomBytes } from 'node:crypto';
import * as files from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * As much of `node:fs/promises` as is used here. Passed in, so that specs can let a process die between any two steps, and
 * a simulation can bring a disk of its own.
 */
export interface Files {
  mkdir(path: string, options: { readonly recursive: true; readonly mode?: number }): Promise<unknown>;
  open(path: string, flags: string, mode?: number): Promise<OpenFile>;
  readdir(path: string): Promise<string[]>;
  readFile(path: string): Promise<Buffer>;
  rename(from: string, to: string): Promise<void>;
  rm(path: string, options?: { readonly force?: boolean }): Promise<void>;
  stat(path: string): Promise<{ readonly size: number }>;
}
export interface OpenFile {
  writeFile(content: Uint8Array): Promise<void>;
  truncate(sizeBytes: number): Promise<void>;
  stat(): Promise<{ readonly size: number }>;
  sync(): Promise<void>;
  close(): Promise<void>;
}
export const systemFiles: Files = files;

/** The old content or the new, whenever the power goes. */
export async function replaceFile(disk: Files, path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.tmp`;
  await writeSynced(disk, temporary, content);
  await moveFile(disk, temporary, path);
}

/** The same for files that several may write at a time, in a folder that is made when it is missing. */
export async function writeDurably(
  path: string,
  content: Uint8Array | string,
  disk: Files = systemFiles,
): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  await disk.mkdir(dirname(path), { recursive: true });
  try {
    await writeSynced(disk, temporary, content);
    await moveFile(disk, temporary, path);
  } catch (error) {
    await disk.rm(temporary, { force: true });
    throw error;
  }
}

export async function writeSynced(disk: Files, path: string, content: Uint8Array | string): Promise<void> {
  const file = await disk.open(path, 'w', 0o600);
  try {
    await file.writeFile(typeof content === 'string' ? Buffer.from(content) : content);
    await file.sync();
  } finally {
    await file.close();
  }
}

export async function moveFile(disk: Files, from: string, to: string): Promise<void> {
  await disk.rename(from, to);
  await syncFolder(disk, dirname(to));
}

/**
 * Behind what is there, whatever that is by now; what could not be written whole is taken back. Resolves with the length of
 * the file.
 */
export async function appendTo(disk: Files, path: string, content: Uint8Array): Promise<number> {
  const file = await disk.open(path, 'a', 0o600);
  try {
    const { size } = await file.stat();
    try {
      await file.writeFile(content);
      await file.sync();
    } catch (error) {
      // Where even this fails, the next one who writes finds the torn end, and cuts it.
      await file.truncate(size).catch(() => undefined);
      throw error;
    }
    if (size === 0) await syncFolder(disk, dirname(path));
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

export async function cutFile(disk: Files, path: string, sizeBytes: number): Promise<void> {
  const file = await disk.open(path, 'r+');
  try {
    await file.truncate(sizeBytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

export async function readOrNothing(disk: Files, path: string): Promise<Buffer | undefined> {
  try {
    return await disk.readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A name is only on the disk once its folder is. Windows can neither open nor sync one, and need not. */
export async function syncFolder(disk: Files, path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await disk.open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
