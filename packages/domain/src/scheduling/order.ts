/**
 * The one order in which waiting jobs are claimed: priority (1 first, better with age), then whose turn it is among the
 * submitters, then submission, then id.
 */
import type { Job } from '../entities/job.ts';
import { hasNamespaces, namespaceNamed, namespaceOf } from '../namespaces/namespace-of.ts';
import type { State } from '../state.ts';
import { type Time, toMs } from '../time.ts';
import { boardOf } from './board.ts';
import { shareOf } from './shares.ts';

export type Comparator = (a: Job, b: Job) => number;

export function claimOrder(state: State, now: Time): Comparator {
  const priorityOf = agedPriority(state, now);
  const { shares } = boardOf(state);
  return (a, b) => {
    const byPriority = priorityOf(a) - priorityOf(b);
    if (byPriority !== 0) return byPriority;
    const [one, other] = [shareOf(shares, a), shareOf(shares, b)];
    return one.running - other.running || one.servedMs - other.servedMs || inOneLine(a, b);
  };
}

/** The order of the jobs of one submitter and priority. */
export const inOneLine: Comparator = (a, b) =>
  submittedMs(a) - submittedMs(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** A job that waited long enough passes fresher ones, so that nothing waits for ever behind a stream of urgent work. */
export function agedPriority(state: State, now: Time): (job: Job) => number {
  const ageMs = state.yard.jobs.ageingMinutes * 60_000;
  const priorityOf = allowedPriority(state);
  if (ageMs === 0) return priorityOf;
  const nowMs = toMs(now);
  return (job) => priorityOf(job) - Math.floor(Math.max(0, nowMs - submittedMs(job)) / ageMs);
}

/** Nobody is more urgent than their namespace may be. */
function allowedPriority({ yard }: State): (job: Job) => number {
  if (!hasNamespaces(yard)) return (job) => job.priority;
  return (job) => Math.max(job.priority, namespaceNamed(yard, namespaceOf(yard, job))?.priorityFloor ?? 1);
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
