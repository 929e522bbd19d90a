/** The one order in which waiting jobs are claimed: priority (1 first, better with age), then submission, then id. */
import type { Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import { elapsedMs, type Time, toMs } from '../time.ts';

export type Comparator = (a: Job, b: Job) => number;

export function claimOrder(state: State, now: Time): Comparator {
  const ageMs = state.yard.jobs.ageingMinutes * 60_000;
  return (a, b) =>
    effectivePriority(a, ageMs, now) - effectivePriority(b, ageMs, now) ||
    toMs(a.submittedAt) - toMs(b.submittedAt) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** A job that waited long enough passes fresher ones, so that nothing waits for ever behind a stream of urgent work. */
function effectivePriority(job: Job, ageMs: number, now: Time): number {
  if (ageMs === 0) return job.priority;
  return job.priority - Math.floor(Math.max(0, elapsedMs(job.submittedAt, now)) / ageMs);
}
