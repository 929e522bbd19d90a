/**
 * A job goes from status to status as the drawing in entities/job.ts says, each step made by an operation that makes such
 * steps. A person may set a held job back or cancel one that waits, and nothing else: ends and reopenings are told of.
 */
import type { Job, JobStatus } from '../entities/job.ts';
import { comesFromElsewhere, isByHand, operationsOn, type Step, type Transition } from './rule.ts';

export type Steps = Readonly<Partial<Record<JobStatus, readonly JobStatus[]>>>;

const FINISHED: Steps[JobStatus] = ['succeeded', 'failed', 'cancelled', 'queued'];
const LOST: Steps[JobStatus] = ['queued', 'failed', 'cancelled'];
const RETRIED: Steps = { succeeded: ['queued'], failed: ['queued'], cancelled: ['queued'], expired: ['queued'] };

/** Operation → the steps that it makes. One that is not here leaves a job's status alone. */
export const STEPS_OF: Readonly<Record<string, Steps>> = {
  claim: { queued: ['claimed'] },
  start: { claimed: ['running'] },
  finish: { claimed: FINISHED, running: FINISHED },
  split: { claimed: ['queued'], running: ['queued'] },
  requeue: { claimed: LOST, running: LOST },
  remove: { claimed: LOST, running: LOST },
  cancel: { queued: ['cancelled'] },
  reject: { queued: ['cancelled'] },
  'answer-command': { queued: ['cancelled'] },
  expire: { queued: ['expired'] },
  retry: RETRIED,
  'take-up': { ...RETRIED, queued: ['cancelled'] },
  'build-branch': { queued: ['cancelled'] },
};
export const STEPS_BY_HAND: Steps = { queued: ['cancelled'], claimed: ['queued'], running: ['queued'] };

export function statusFollows({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!after || comesFromElsewhere({ before, after }, step)) return [];
  const from = before?.status ?? 'queued';
  if (reachable(from, id, step).has(after.status)) return [];
  const told = operationsOn(step, id).map((it) => it.operation);
  return [`job ${id} went from ${from} to ${after.status} by ${told.join(', ') || 'no operation on it'}`];
}

/** Every status that the job may have after these operations, one after the other. */
function reachable(from: JobStatus, id: string, step: Step): ReadonlySet<JobStatus> {
  const found = new Set([from]);
  if (isByHand(step)) return walk(found, STEPS_BY_HAND);
  if (isSuperseded(id, step)) walk(found, { queued: ['cancelled'] });
  if (isPart(id, step)) walk(found, { queued: ['cancelled'] });
  if (hasBadPart(id, step)) walk(found, { queued: ['failed'] });
  for (const { operation } of operationsOn(step, id)) {
    walk(found, STEPS_OF[operation] ?? {});
    // A file of the inbox may hold several wishes for one job.
    if (operation === 'take-up') walk(found, STEPS_OF[operation] ?? {});
  }
  return found;
}

/** A new job may cancel the older ones that it makes needless. */
const isSuperseded = (id: string, { operations, after }: Step): boolean =>
  operations.some((it) => {
    const made = it.operation === 'submit' && it.job !== id && it.job !== null ? after.jobs.get(it.job) : undefined;
    return (made?.supersede ?? null) !== null;
  });

/** A part ends with the job that it is a part of, in the same commit. */
function isPart(id: string, { before, after }: Step): boolean {
  const parent = after.jobs.get(id)?.parent ?? null;
  if (parent === null) return false;
  const [was, is] = [before, after].map(({ jobs }) => jobs.get(parent)?.status);
  // Ended and retried in one commit it waits again, without these parts.
  return was !== is || !after.jobs.get(parent)?.split?.children.includes(id);
}

/** And the job ends with a part of it that failed for good. */
function hasBadPart(id: string, { before, after }: Step): boolean {
  const split = after.jobs.get(id)?.split ?? before.jobs.get(id)?.split;
  const ends: readonly (JobStatus | undefined)[] = ['failed', 'cancelled', 'expired'];
  return split?.children.some((it) => ends.includes(after.jobs.get(it)?.status)) ?? false;
}

function walk(found: Set<JobStatus>, steps: Steps): Set<JobStatus> {
  for (const from of [...found]) for (const to of steps[from] ?? []) found.add(to);
  return found;
}
