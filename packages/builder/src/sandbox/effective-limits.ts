/** What a build may take where its owner says nothing: enough for any that is well, and never the whole machine. */
import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import type { Limits } from './sandbox.ts';

const MEMORY_PART = 0.75;
const PROCESSES = 4096;
const DISK_GUARD_BYTES = 1024 ** 3;
const LEAST_DISK_BYTES = 64 * 1024 ** 2;

export async function effectiveLimits(limits: Limits, folder: string): Promise<Limits> {
  const { cores, memoryBytes, processes, diskBytes } = limits;
  return {
    cores,
    memoryBytes: memoryBytes || Math.floor(memoryOfMachine() * MEMORY_PART),
    processes: processes || PROCESSES,
    diskBytes: diskBytes || Math.max(LEAST_DISK_BYTES, (await freeBytes(folder)) - DISK_GUARD_BYTES),
  };
}

/** In a container what it was given counts, and not what its host has. */
function memoryOfMachine(): number {
  const given = process.constrainedMemory();
  return given !== undefined && given > 0 && given < totalmem() ? given : totalmem();
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
