/** What a single figure looks like: things that are measured by themselves and not by writers in a loop. */
import { median } from '../figures.ts';
import type { BenchServer } from '../server.ts';

export interface MicroResult {
  /** Stable, for programs and targets. */
  readonly key: string;
  readonly what: string;
  readonly unit: 'ms' | 'requests' | 'bytes' | 'kB' | 'MB' | 'MB/s' | '%' | '×' | 'count';
  readonly median: number;
  readonly worst: number;
  readonly n: number;
}

/** How much time there is. */
export type BenchSize = 'quick' | 'usual' | 'full';

export interface MicroContext {
  readonly server: BenchServer;
  readonly size: BenchSize;
}

export type Micro = (context: MicroContext) => Promise<readonly MicroResult[]>;

export interface Named {
  readonly key: string;
  readonly what: string;
  readonly unit?: MicroResult['unit'];
}

export function summarise({ key, what, unit = 'ms' }: Named, values: readonly number[]): MicroResult {
  return { key, what, unit, median: median(values), worst: Math.max(...values), n: values.length };
}

export async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
