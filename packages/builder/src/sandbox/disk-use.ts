/**
 * How much a build has written. A folder has no limit of its own on most file systems, so it is watched: the free space of
 * the disk tells for next to nothing that something grows, and only then it is looked what. Files count at least a block
 * each, since a million empty ones fill a disk as well.
 */
import { lstat, readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';

const BLOCK_BYTES = 4096;
/** Growth of the disk that is worth a look, as a part of the limit. */
const NOTICED_PART = 1 / 8;

export interface DiskWatch {
  /** Whether more than the limit is written now. */
  isOver(): Promise<boolean>;
  /** The same, with a look for sure. */
  isOverForSure(): Promise<boolean>;
}

export async function watchDisk(folders: readonly string[], limitBytes: number): Promise<DiskWatch> {
  let seen = await used(folders);
  const isOverForSure = async () => (await usedBytes(folders, limitBytes)) > limitBytes;
  return {
    isOverForSure,
    async isOver() {
      const now = await used(folders);
      if (now - seen < limitBytes * NOTICED_PART) return false;
      seen = now;
      return isOverForSure();
    },
  };
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

/** Stops counting where it is more than enough. Follows no link. */
export async function usedBytes(folders: readonly string[], enoughBytes = Number.POSITIVE_INFINITY): Promise<number> {
  let sum = 0;
  const waiting = [...folders];
  for (let folder = waiting.pop(); folder !== undefined && sum <= enoughBytes; folder = waiting.pop()) {
    const here = folder;
    const entries = await readdir(here, { withFileTypes: true }).catch(() => []);
    sum += BLOCK_BYTES * entries.length;
    for (const entry of entries) if (entry.isDirectory()) waiting.push(join(here, entry.name));
    const files = entries.filter((it) => it.isFile());
    for (let at = 0; at < files.length && sum <= enoughBytes; at += 64) {
      const sizes = files.slice(at, at + 64).map((it) => sizeOf(join(here, it.name)));
      for (const bytes of await Promise.all(sizes)) sum += Math.max(0, bytes - BLOCK_BYTES);
    }
  }
  return sum;
}

async function sizeOf(path: string): Promise<number> {
  const found = await lstat(path).catch(() => undefined);
  return found ? found.blocks * 512 : 0;
}
