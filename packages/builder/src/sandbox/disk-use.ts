/**
 * How much a build has written. A folder has no limit of its own on most file systems, so it is watched: the free space of
 * the disk tells for next to nothing that something grows, and only then it is looked what. Files count at least a block
 * each, since a million empty ones fill a disk as well.
 */
import type { Dirent } from 'node:fs';
import { lstat, opendir, statfs } from 'node:fs/promises';
import { join } from 'node:path';

const BLOCK_BYTES = 4096;
const AT_ONCE = 256;
/** Growth of the disk that is worth a look, as a part of the limit. */
const NOTICED_PART = 1 / 8;

export interface DiskWatch {
  /** Whether more than the limit is written now. */
  isOver(): Promise<boolean>;
}

export async function watchDisk(folders: readonly string[], limitBytes: number): Promise<DiskWatch> {
  // Clocks of file systems are a little behind.
  const sinceMs = Date.now() - 20;
  let seen = await used(folders);
  return {
    async isOver() {
      const now = await used(folders);
      // What neighbours free must not hide for good what is written here.
      seen = Math.min(seen, now);
      if (now - seen < limitBytes * NOTICED_PART) return false;
      seen = now;
      return tooMuch(folders, { sinceMs, limitBytes });
    },
  };
}

async function tooMuch(
  folders: readonly string[],
  { sinceMs, limitBytes }: { sinceMs: number; limitBytes: number },
): Promise<boolean> {
  try {
    return (await writtenBytes(folders, { sinceMs, enoughBytes: limitBytes })) > limitBytes;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENAMETOOLONG') return true;
    throw error;
  }
}

/** Of the whole disk, neighbours too: it only says when to look. */
async function used(folders: readonly string[]): Promise<number> {
  const sums = await Promise.all(
    folders.map(async (folder) => {
      const found = await statfs(folder).catch(() => undefined);
      return found ? (found.blocks - found.bfree) * found.bsize + (found.files - found.ffree) * BLOCK_BYTES : 0;
    }),
  );
  return Math.max(0, ...sums);
}

interface Counting {
  /** What changed before is not of this build: packages that others fetched, sources, outputs of the build before. */
  readonly sinceMs: number;
  /** Stops counting where it is more. */
  readonly enoughBytes?: number;
}

/** In all files and folders that changed since then. Follows no link. */
async function writtenBytes(
  folders: readonly string[],
  { sinceMs, enoughBytes = Number.POSITIVE_INFINITY }: Counting,
): Promise<number> {
  let sum = 0;
  const waiting = [...folders];
  for (let folder = waiting.pop(); folder !== undefined && sum <= enoughBytes; folder = waiting.pop()) {
    for await (const entries of portions(folder)) {
      for (const entry of entries) if (entry.isDirectory()) waiting.push(join(folder, entry.name));
      const here = folder;
      const sizes = entries.map(({ name }) => sizeOf(join(here, name), sinceMs));
      for (const bytes of await Promise.all(sizes)) sum += bytes;
      if (sum > enoughBytes) break;
    }
  }
  return sum;
}

/** Never the whole of a folder: a build may put files into it faster than they can be listed. */
async function* portions(folder: string): AsyncGenerator<Dirent[]> {
  let portion: Dirent[] = [];
  for await (const entry of await opened(folder)) {
    if (portion.push(entry) < AT_ONCE) continue;
    yield portion;
    portion = [];
  }
  yield portion;
}

async function opened(folder: string): Promise<AsyncIterable<Dirent> | Iterable<Dirent>> {
  try {
    return await opendir(folder, { bufferSize: AT_ONCE });
  } catch (error) {
    // So deep that it cannot be looked at: nobody does that who has nothing to hide.
    if ((error as NodeJS.ErrnoException).code === 'ENAMETOOLONG') throw error;
    // It went away meanwhile, or is closed even to us: then nothing is written there.
    return [];
  }
}

async function sizeOf(path: string, sinceMs: number): Promise<number> {
  const found = await lstat(path).catch(() => undefined);
  return found && found.ctimeMs >= sinceMs ? Math.max(BLOCK_BYTES, found.blocks * 512) : 0;
}
