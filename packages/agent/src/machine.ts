/**
 * How busy this machine is, for the heartbeat. By Node's own means alone: they cost a tenth of a millisecond, where a
 * library that starts programs costs tens (research/perf.md).
 */
import { statfs } from 'node:fs/promises';
import { cpus, freemem, loadavg, totalmem, uptime } from 'node:os';
import type { Heartbeat } from '@gityard/domain';

export type Machine = Heartbeat['machine'];

const GIGABYTE = 1024 ** 3;

interface Ticks {
  readonly idle: number;
  readonly total: number;
}

/** Each call tells of the time since the call before; the first has nothing to compare with and says null. */
export function machineMeter(folder: string): () => Promise<Machine> {
  let before: Ticks | undefined;
  return async () => {
    const ticks = readTicks();
    const cpuPercent = before ? busyPercent(before, ticks) : null;
    before = ticks;
    return {
      cpuPercent,
      memoryPercent: percent(1 - freemem() / totalmem()),
      load1: rounded(loadavg()[0] ?? 0),
      uptimeSeconds: Math.floor(uptime()),
      ...(await diskOf(folder)),
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

function readTicks(): Ticks {
  const times = cpus().map((it) => it.times);
  const idle = times.reduce((sum, it) => sum + it.idle, 0);
  const total = times.reduce((sum, it) => sum + it.user + it.nice + it.sys + it.idle + it.irq, 0);
  return { idle, total };
}

function busyPercent(before: Ticks, after: Ticks): number | null {
  const total = after.total - before.total;
  return total <= 0 ? null : percent(1 - (after.idle - before.idle) / total);
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
const percent = (share: number): number => Math.min(100, Math.max(0, rounded(share * 100)));
