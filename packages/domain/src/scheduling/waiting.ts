/** Since when a job waits for nothing but an agent, when it expires, and whether an assignment still binds it. */
import { missingApprovals } from '../approval/standing.ts';
import { currentAttempt, type Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import { after, isBefore, type Time, toMs, toTime } from '../time.ts';
import { inForce } from './pauses.ts';

/** null while it waits for something else: a job that it needs, the end of its pause, or somebody's approval. */
export function waitsSince(state: State, job: Job, now: Time): Time | null {
  if (job.status !== 'queued' || isPaused(job, now) || missingApprovals(state, job, now).length > 0) return null;
  const ends = job.needs.map((id) => state.jobs.get(id)).map((need) => (need ? need.endedAt : job.submittedAt));
  if (ends.some((it) => it === null)) return null;
  const last = currentAttempt(job);
  const times = [job.submittedAt, job.queuedAt, job.notBefore, last?.endedAt ?? last?.startedAt, job.paused?.until];
  const known = [...times, ...ends].flatMap((it) => (it ? [toMs(it)] : []));
  return toTime(Math.max(...known.filter((it) => Number.isFinite(it)), 0));
}

const isPaused = ({ paused }: Job, now: Time): boolean => inForce(paused, now);

/** 0: for ever. */
const queueTimeoutMs = ({ yard }: Pick<State, 'yard'>, job: Job): number =>
  (job.queueTimeoutSeconds ?? yard.jobs.queueTimeoutSeconds) * 1000;

/** When it will have waited too long; null: never, or not while it waits for something else. */
export function expiresAt(state: State, job: Job, now: Time): Time | null {
  const timeoutMs = queueTimeoutMs(state, job);
  const since = timeoutMs === 0 ? null : waitsSince(state, job, now);
  return since && after(since, timeoutMs);
}

/** The job as a claim sees it: an assignment whose time is over binds nobody. */
export const asAssigned = (job: Job, now: Time): Job =>
  job.assignedUntil === null || isBefore(now, job.assignedUntil) ? job : { ...job, assignedTo: null };
