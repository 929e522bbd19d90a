/**
 * How busy this machine is, for the heartbeat. Only what costs next to nothing: of systeminformation the two calls that
 * start no program, and the free space by a system call (research/perf.md has the figures of the others).
 */
import { statfs } from 'node:fs/promises';
import { loadavg, uptime } from 'node:os';
import type { Heartbeat } from '@gityard/domain';

export type Machine = Heartbeat['machine'];

const GIGABYTE = 1024 ** 3;

/** Each call tells of the time since the call before; the first has nothing to compare with and says null. */
export function machineMeter(folder: string): () => Promise<Machine> {
  let measuredBefore = false;
  return async () => {
    const { currentLoad, mem } = await import('systeminformation');
    const [load, memory, disk] = await Promise.all([currentLoad(), mem(), diskOf(folder)]);
    const cpuPercent = measuredBefore ? percent(load.currentLoad / 100) : null;
    measuredBefore = true;
    return {
      cpuPercent,
      // What caches hold is free for whoever asks for it.
      memoryPercent: percent(1 - memory.available / memory.total),
      load1: rounded(loadavg()[0] ?? 0),
      uptimeSeconds: Math.floor(uptime()),
      ...disk,
    };
  };
}

export async function freeDiskBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function diskOf(folder: string): Promise<Pick<Machine, 'diskPercent' | 'diskFreeGB'>> {
  const { blocks, bavail, bsize } = await statfs(folder);
  return {
    diskPercent: blocks === 0 ? null : percent(1 - bavail / blocks),
    diskFreeGB: rounded((bavail * bsize) / GIGABYTE),
  };
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
const percent = (share: number): number => Math.min(100, Math.max(0, rounded(share * 100)));
