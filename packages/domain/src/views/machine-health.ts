/**
 * Whether a machine is under strain, by the thresholds of the yard. Of processor and memory only what two beats in a row say
 * counts: one spike is no news.
 */
import type { Heartbeat } from '../entities/heartbeat.ts';
import type { YardConfig } from '../entities/yard-config.ts';

export type StrainLevel = 'ok' | 'warning' | 'critical';
export interface Strain {
  readonly of: 'cpu' | 'memory' | 'disk';
  readonly level: Exclude<StrainLevel, 'ok'>;
  readonly text: string;
}
type Measured = Pick<Heartbeat, 'machine' | 'before'>;
type Thresholds = YardConfig['health']['thresholds'];
type Threshold = Thresholds['cpu'];

const LEVELS: readonly StrainLevel[] = ['ok', 'warning', 'critical'];

export function machineHealth(beat: Measured | undefined, { health }: Pick<YardConfig, 'health'>): readonly Strain[] {
  if (!beat) return [];
  const { machine, before } = beat;
  const { cpu, memory, diskFree } = health.thresholds;
  const free = machine.diskPercent === null ? null : 100 - machine.diskPercent;
  return [
    ...strain('cpu', 'processor', sustained(cpu, machine.cpuPercent, before?.cpuPercent), machine.cpuPercent),
    ...strain(
      'memory',
      'memory',
      sustained(memory, machine.memoryPercent, before?.memoryPercent),
      machine.memoryPercent,
    ),
    ...strain('disk', 'disk', below(diskFree, free), machine.diskPercent),
  ];
}

export function strainLevel(strains: readonly Strain[]): StrainLevel {
  if (strains.some((it) => it.level === 'critical')) return 'critical';
  return strains.length > 0 ? 'warning' : 'ok';
}

function sustained(threshold: Threshold, now: number | null, before: number | null | undefined): StrainLevel {
  const [lower] = [above(threshold, now), above(threshold, before ?? null)].sort(
    (a, b) => LEVELS.indexOf(a) - LEVELS.indexOf(b),
  );
  return lower ?? 'ok';
}

function above({ warning, critical }: Threshold, percent: number | null): StrainLevel {
  if (percent === null || percent < Math.min(warning, critical)) return 'ok';
  return percent >= critical ? 'critical' : 'warning';
}

function below({ warning, critical }: Threshold, percent: number | null): StrainLevel {
  if (percent === null || percent >= Math.max(warning, critical)) return 'ok';
  return percent < critical ? 'critical' : 'warning';
}

function strain(of: Strain['of'], what: string, level: StrainLevel, percent: number | null): Strain[] {
  if (level === 'ok' || percent === null) return [];
  return [{ of, level, text: `${what} ${Math.round(percent)} % in use` }];
}
