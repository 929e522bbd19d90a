/** From what writers and server reported to the figures of one row. Pure; NaN stands for "cannot be said". */
import type { CellResult } from './cell.ts';
import type { WriterReport } from './messages.ts';

export interface Figures {
  readonly variant: string;
  readonly writers: number;
  /** Added to each request. */
  readonly delayMs: number;
  readonly operationsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly retriesPerOperation: number;
  readonly clientCpuMs: number;
  readonly serverCpuMs: number;
  readonly requestsPerOperation: number;
  readonly bytesUpPerOperation: number;
  readonly peakRssBytes: number;
  /** Jain's index of what each writer landed: 1 = all alike, 1/writers = one had everything. */
  readonly fairness: number;
  /** Measured operations. */
  readonly landed: number;
}

/** Cells of one variant and one number of writers, from however many rounds. */
export function figuresOf(cells: readonly CellResult[], delayMs = 0): Figures {
  const reports = cells.flatMap((it) => it.reports);
  const latenciesMs = reports.flatMap((it) => it.latenciesMs);
  // Who never landed counts with the time waited so far: leaving it out would praise the slow.
  const waits = [...latenciesMs, ...reports.flatMap((it) => it.waitedMs)].sort((a, b) => a - b);
  const landed = latenciesMs.length;
  const landedEver = sum(reports.map((it) => it.landed.length));
  return {
    variant: cells[0]?.variant ?? '',
    writers: cells[0]?.writers ?? 0,
    delayMs,
    operationsPerSecond: mean(cells.map((it) => sum(it.reports.map(rateOf)))),
    p50Ms: percentile(waits, 0.5),
    p99Ms: percentile(waits, 0.99),
    retriesPerOperation: per(sum(reports.map((it) => it.retries)), landed),
    clientCpuMs: per(sum(reports.map(({ cpu }) => cpu.ownMs + cpu.childrenMs)), landed),
    serverCpuMs: per(sum(cells.map((it) => it.traffic.cpuMs)), landedEver),
    requestsPerOperation: per(sum(cells.map((it) => it.traffic.requests)), landedEver),
    bytesUpPerOperation: per(sum(cells.map((it) => it.traffic.bytesUp)), landedEver),
    peakRssBytes: Math.max(...reports.map((it) => it.peakRssBytes)),
    fairness: mean(cells.map((it) => jain(it.reports.map((report) => report.landedInTime)))),
    landed,
  };
}

/**
 * The same stretch of time for all, whatever is under way at its edges. By each one's own last operation, those who are
 * lucky in their first would seem to go on like that, and those who wait long would count least.
 */
const rateOf = ({ landedInTime, measuredMs }: WriterReport): number => (landedInTime / measuredMs) * 1000;

export function jain(shares: readonly number[]): number {
  const squares = sum(shares.map((share) => share ** 2));
  return squares === 0 ? Number.NaN : sum(shares) ** 2 / (shares.length * squares);
}

/** Of values in ascending order. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => per(sum(values), values.length);
const per = (total: number, count: number): number => (count === 0 ? Number.NaN : total / count);
