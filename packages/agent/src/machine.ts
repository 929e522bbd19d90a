/**
 * How busy this machine is, for the heartbeat. Only what costs next to nothing: of systeminformation the one call that
 * starts no program here, and all else by system calls (research/perf.md has the figures of the others).
 */
import { readdir, readFile, statfs } from 'node:fs/promises';
import { cpus, loadavg, uptime } from 'node:os';
import type { Heartbeat } from '@gityard/domain';

export type Machine = Heartbeat['machine'];

const GIGABYTE = 1e9;

/** Each call tells of the time since the call before; the first has nothing to compare with and says null. */
export function machineMeter(folder: string): () => Promise<Machine> {
  let before: CpuTime | undefined;
  return async () => {
    const { mem } = await import('systeminformation');
    const [memory, disk, temperatureC] = await Promise.all([mem(), diskOf(folder), temperature()]);
    const now = cpuTime();
    const cpuPercent = before === undefined ? null : percent(busyShare(before, now));
    before = now;
    return {
      cpuPercent,
      // What caches hold is free for whoever asks for it.
      memoryPercent: percent(1 - memory.available / memory.total),
      load1: rounded(loadavg()[0] ?? 0),
      uptimeSeconds: Math.floor(uptime()),
      temperatureC,
      ...disk,
    };
  };
}

/** Of all cores together, since the machine was started. */
interface CpuTime {
  readonly idleMs: number;
  readonly allMs: number;
}

/** By ourselves: for the same figures the package starts a shell on Linux, and holds the agent up until that has ended. */
function cpuTime(): CpuTime {
  const all = cpus().map(({ times }) => times);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return { idleMs: sum(all.map((it) => it.idle)), allMs: sum(all.flatMap((it) => Object.values(it))) };
}

/** Two looks within one tick of the machine's clock are compared as if nothing had been done. */
function busyShare(before: CpuTime, now: CpuTime): number {
  const allMs = now.allMs - before.allMs;
  return allMs <= 0 ? 0 : 1 - (now.idleMs - before.idleMs) / allMs;
}

const THERMAL = '/sys/class/thermal';
const LIKELY_C = { from: -50, to: 150 };

/** Of the hottest sensor that Linux tells of; other systems would have to start a program. */
async function temperature(folder = THERMAL): Promise<number | null> {
  const zones = (await readdir(folder).catch(() => [])).filter((it) => it.startsWith('thermal_zone')).slice(0, 32);
  const degrees = await Promise.all(
    zones.map((zone) => readFile(`${folder}/${zone}/temp`, 'utf8').then(degreesOf, () => null)),
  );
  const known = degrees.filter((it) => it !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** Thousandths; a sensor that is out of order says what nobody would believe. */
function degreesOf(text: string): number | null {
  const celsius = text.trim() === '' ? Number.NaN : Number(text) / 1000;
  return celsius > LIKELY_C.from && celsius < LIKELY_C.to && celsius !== 0 ? rounded(celsius) : null;
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
