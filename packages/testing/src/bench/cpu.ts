/** Processor time of this process and of the programs that it started and that have ended. */
import { readFileSync } from 'node:fs';

export interface CpuTime {
  readonly ownMs: number;
  /** NaN where the system does not tell. */
  readonly childrenMs: number;
}

const TICK_MS = 10;

export function cpuTime(): CpuTime {
  const { user, system } = process.cpuUsage();
  return { ownMs: (user + system) / 1000, childrenMs: childrenMs() };
}

export function cpuSince(before: CpuTime): CpuTime {
  const now = cpuTime();
  return { ownMs: now.ownMs - before.ownMs, childrenMs: now.childrenMs - before.childrenMs };
}

/** Node has no call for it; Linux has it in fields 16 and 17 of `stat`, which may hold spaces before the bracket. */
function childrenMs(): number {
  if (process.platform !== 'linux') return Number.NaN;

  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
}
