/** The one order in which waiting jobs are claimed: priority (1 first, better with age), then submission, then id. */
import type { Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import { type Time, toMs } from '../time.ts';

export type Comparator = (a: Job, b: Job) => number;

export function claimOrder(state: State, now: Time): Comparator {
  const ageMs = state.yard.jobs.ageingMinutes * 60_000;
  const nowMs = toMs(now);
  return (a, b) =>
    effectivePriority(a, ageMs, nowMs) - effectivePriority(b, ageMs, nowMs) ||
    submittedMs(a) - submittedMs(b) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** A job that waited long enough passes fresher ones, so that nothing waits for ever behind a stream of urgent work. */
function effectivePriority(job: Job, ageMs: number, nowMs: number): number {
  if (ageMs === 0) return job.priority;
  return job.priority - Math.floor(Math.max(0, nowMs - submittedMs(job)) / ageMs);
}

const submitted = new WeakMap<Job, number>();

/** Reading a date is most of the cost of a comparison, and a job is compared again at every look at the queue. */
function submittedMs(job: Job): number {
  const known = submitted.get(job);
  if (known !== undefined) return known;
  const ms = toMs(job.submittedAt);
  submitted.set(job, ms);
  return ms;
}
