/** When every job came, was tried and ended, in numbers: read once for a table of jobs, however often it is asked about. */
import type { Attempt } from '../entities/attempt.ts';
import type { Job } from '../entities/job.ts';
import type { Table } from '../table.ts';
import { toMs } from '../time.ts';

export interface TryTimes {
  readonly agent: string;
  readonly status: Attempt['status'];
  readonly startedMs: number;
  /** Infinity: it has not ended. */
  readonly endedMs: number;
}
export interface JobTimes {
  readonly status: Job['status'];
  readonly submittedMs: number;
  readonly endedMs: number;
  readonly tries: readonly TryTimes[];
}

const known = new WeakMap<Table<Job>, readonly JobTimes[]>();

export function jobTimes(jobs: Table<Job>): readonly JobTimes[] {
  const times = known.get(jobs) ?? Array.from(jobs, timesOf);
  known.set(jobs, times);
  return times;
}

const timesOf = ({ status, submittedAt, endedAt, attempts }: Job): JobTimes => ({
  status,
  submittedMs: toMs(submittedAt),
  endedMs: msOr(endedAt),
  tries: attempts.map((it) => ({
    agent: it.agent,
    status: it.status,
    startedMs: toMs(it.startedAt),
    endedMs: msOr(it.endedAt),
  })),
});

const msOr = (time: string | null): number => (time === null ? Number.POSITIVE_INFINITY : toMs(time));

export const isBuilt = ({ status }: Pick<TryTimes, 'status'>): boolean => status === 'succeeded' || status === 'failed';

export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
