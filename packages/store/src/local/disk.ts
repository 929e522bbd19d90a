/**
 * Files as the local copy needs them: a write is there as a whole and for good, or not at all. Passed in, because a disk
 * that is full, read-only or dies in between cannot be had on demand. Knows no Git.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { moveFile, systemFiles, writeSynced } from '../machine/durable-files.ts';

interface DiskEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

export interface Disk {
  read(path: string): Promise<Uint8Array>;
  list(folder: string): Promise<DiskEntry[]>;
  ageMs(path: string): Promise<number>;
  makeFolder(path: string): Promise<void>;
  write(path: string, bytes: Uint8Array | string): Promise<void>;
  move(from: string, to: string): Promise<void>;
  /** With all that is in it; nothing happens when it is not there. */
  remove(path: string): Promise<void>;
}

/** `scratch`: where files are written before they move to their place. In a folder of refs half a file would be a ref. */
export function systemDisk(scratch: string): Disk {
  return {
    read: readFile,
    async list(folder) {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.map((it) => ({ name: it.name, isFolder: it.isDirectory() }));
    },
    ageMs: async (path) => Date.now() - (await stat(path)).mtimeMs,
    makeFolder,
    async write(path, bytes) {
      const temporary = join(scratch, `${randomBytes(6).toString('hex')}.tmp`);
      await makeFolder(scratch);
      try {
        await writeSynced(systemFiles, temporary, bytes);
        await moveFile(systemFiles, temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
    move: (from, to) => moveFile(systemFiles, from, to),
    remove: (path) => rm(path, { recursive: true, force: true, maxRetries: 2 }),
  };
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}
