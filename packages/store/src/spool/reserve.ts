/**
 * A file of no use but its size: on a disk that others filled it is given up, so that what was accepted can still be worked
 * off, and a result still be written down.
 */
import { join } from 'node:path';
import type { Files } from '../machine/durable-files.ts';

const RESERVE_BYTES = 1 << 20;

export async function keepReserve(disk: Files, folder: string): Promise<void> {
  const path = join(folder, 'reserve');
  const found = await disk.stat(path).catch(() => undefined);
  if (found?.size === RESERVE_BYTES) return;
  const file = await disk.open(path, 'w', 0o600);
  try {
    // Zeroes would take no room on disks that leave them out.
    await file.writeFile(Buffer.alloc(RESERVE_BYTES, 'gityard '));
  } catch (error) {
    if (!isFull(error)) throw error;
    // Then there is none, and the disk is as full as it would be with one.
    await file.truncate(0);
  } finally {
    await file.close();
  }
}

export async function withReserve<T>(disk: Files, folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isFull(error)) throw error;
    const path = join(folder, 'reserve');
    const kept = await disk.stat(path).catch(() => undefined);
    if (!kept || kept.size === 0) throw error;
    await disk.rm(path);
    return work();
  }
}

const isFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
