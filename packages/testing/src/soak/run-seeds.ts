/** Simulated yards, one after the other, and what they come to together. */
import { simulate } from '../simulation/simulate.ts';
import type { SimulationReport } from '../simulation/simulation.ts';
import type { FaultKind } from '../simulation/swarm.ts';

export interface Totals {
  readonly seeds: number;
  readonly virtualHours: number;
  readonly commits: number;
  readonly operations: number;
  readonly acknowledged: number;
  readonly takeOvers: number;
  readonly cuts: number;
  readonly faults: ReadonlyMap<FaultKind, number>;
  /** A sentence for each seed that found something, with how to see it again. */
  readonly failures: readonly string[];
}

export interface RunSeeds {
  readonly onLine?: ((line: string) => void) | undefined;
  readonly onReport?: (report: SimulationReport) => void;
  /** Asked before each seed but the first. */
  readonly isOver?: () => boolean;
}

export async function runSeeds(seeds: Iterable<number>, options: RunSeeds = {}): Promise<Totals> {
  const { onLine, onReport, isOver } = options;
  const reports: SimulationReport[] = [];
  for (const seed of seeds) {
    if (reports.length > 0 && isOver?.()) break;
    const report = await simulate({ seed, ...(onLine && { onLine }) }).catch((error: unknown) => died(seed, error));
    reports.push(report);
    onReport?.(report);
  }
  return totalsOf(reports);
}

function died(seed: number, error: unknown): never {
  throw new Error(`seed ${seed} died: ${(error as Error).message}`, { cause: error });
}

function totalsOf(reports: readonly SimulationReport[]): Totals {
  const sum = (figure: (report: SimulationReport) => number) => reports.reduce((total, it) => total + figure(it), 0);
  const faults = new Map<FaultKind, number>();
  for (const [kind, count] of reports.flatMap((it) => [...it.faults]))
    faults.set(kind, (faults.get(kind) ?? 0) + count);
  return {
    seeds: reports.length,
    virtualHours: sum((it) => it.virtualMs) / 3_600_000,
    commits: sum((it) => it.commits),
    operations: sum((it) => it.operations),
    acknowledged: sum((it) => it.acknowledged),
    takeOvers: sum((it) => it.takeOvers),
    cuts: sum((it) => it.cuts),
    faults,
    failures: reports.flatMap(failureOf),
  };
}

function failureOf({ seed, violations }: SimulationReport): string[] {
  const [first] = violations;
  if (!first) return [];
  const { rule, text, atMs } = first;
  return [`seed ${seed}: ${rule}, after ${atMs} ms: ${text}\n  npm run soak -- --seed ${seed} --verbose`];
}
