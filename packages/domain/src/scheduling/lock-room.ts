/**
 * Who really holds a lock, and who stands in its line. A hold ends with its time, or with the job that it was taken for,
 * even where a person's hand ended that job; nothing has to tidy up before the next may have the lock.
 */
import { isHeld, type Job } from '../entities/job.ts';
import type { Lock, LockHolder } from '../entities/lock.ts';
import type { State } from '../state.ts';
import { isPast, type Time } from '../time.ts';

const JOB_PREFIX = 'job/';

/** The name under which a job holds its locks. Nobody else may use such a name. */
export const lockHolderOf = (job: Job): string => `${JOB_PREFIX}${job.id}`;
export const isJobHolder = (holder: string): boolean => holder.startsWith(JOB_PREFIX);

export function liveHolders(state: State, lock: Lock, now: Time): LockHolder[] {
  return lock.holders.filter((it) => !isOver(it.expiresAt, now) && !isLeftBehind(state, it.holder));
}

export function liveWaiting(lock: Lock, now: Time): Lock['waiting'] {
  return lock.waiting.filter((it) => !isOver(it.until, now));
}

const isOver = (until: Time | null, now: Time): boolean => until !== null && isPast(until, now);

/** A job that is over, or not there: nobody is left to give it back. */
export function isLeftBehind(state: State, holder: string): boolean {
  if (!isJobHolder(holder)) return false;
  const job = state.jobs.get(holder.slice(JOB_PREFIX.length));
  return !job || !isHeld(job);
}
