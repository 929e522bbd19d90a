/**
 * A disk of its own for one agent, small enough to be filled. It has to be mounted, which not every user may do; where it
 * cannot be, a run says that nobody's disk was ever full.
 */
import { execFile } from 'node:child_process';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
// An agent takes no jobs with less than 256 MB free, so a smaller disk would be full from the start.
const SIZE = '320m';
const BLOCK = Buffer.alloc(1 << 20);

export interface SmallDisk {
  /** Until not a byte more goes in. */
  fill(): Promise<void>;
  empty(): Promise<void>;
  unmount(): Promise<void>;
}

export async function mountSmallDisk(folder: string): Promise<SmallDisk | undefined> {
  await mkdir(folder, { recursive: true });
  const isMounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'none', folder]).then(
    () => true,
    () => false,
  );
  if (!isMounted) return undefined;
  const filling = join(folder, 'filling');
  return {
    fill: () => fill(filling),
    empty: () => rm(filling, { force: true }),
    // Lazily: a build that is just ending may still stand in it, and must not keep us from leaving nothing behind.
    unmount: async () => void (await run('umount', ['--lazy', folder])),
  };
}

async function fill(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (let block = BLOCK; block.length > 0; ) {
      const isWritten = await file.write(block).then(({ bytesWritten }) => bytesWritten === block.length, isFull);
      if (!isWritten) block = block.subarray(0, block.length >> 2);
    }
  } finally {
    await file.close();
  }
}

function isFull(error: NodeJS.ErrnoException): false {
  if (error.code !== 'ENOSPC') throw error;
  return false;
}
