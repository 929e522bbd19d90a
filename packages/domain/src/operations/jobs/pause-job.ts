/** Keeps a waiting job from being claimed until somebody lets it go on, or until a time; and lets it go on. */
import { accept, type Decision, type Refused, refuse } from '../../decision.ts';
import { isFinished, type Job } from '../../entities/job.ts';
import type { Pause } from '../../entities/pause.ts';
import { find } from '../../find.ts';
import { putJob, type State } from '../../state.ts';
import { clipped, clippedOrNull, endedWords } from '../../text.ts';
import { isBefore, type Time } from '../../time.ts';
import { toWaitingParts } from './family.ts';

/** Who pauses, why, and for how long. */
export interface PauseWish {
  readonly by: string;
  readonly reason: string | null;
  /** null: until somebody ends it. */
  readonly until: Time | null;
  readonly now: Time;
}
export interface PauseJob extends PauseWish {
  readonly jobId: string;
}
export interface UnpauseJob {
  readonly jobId: string;
  readonly reason: string | null;
  readonly now: Time;
}

export function pauseJob(state: State, wish: PauseJob): Decision<Job> {
  const found = waiting(state, wish.jobId);
  if (!found.ok) return found;
  const late = refuseLate(wish);
  if (late) return late;
  const { job } = found;
  const subject = { job: job.id, reason: wish.reason };
  if (job.paused && isSamePause(job.paused, wish)) return accept(job, [], `job ${job.id} is paused already`, subject);
  const paused: Job = { ...job, paused: pauseFrom(wish) };
  const changes = [putJob(paused), ...toWaitingParts(state, job, { paused: paused.paused })];
  return accept(paused, changes, `pause job ${job.id}`, subject);
}

/** Its time to wait begins anew: it was not the queue that kept it. */
export function unpauseJob(state: State, { jobId, reason, now }: UnpauseJob): Decision<Job> {
  const found = waiting(state, jobId);
  if (!found.ok) return found;
  const { job } = found;
  const subject = { job: job.id, reason };
  if (job.paused === null) return accept(job, [], `job ${job.id} is not paused`, subject);
  const going: Job = { ...job, paused: null, queuedAt: now };
  const changes = [putJob(going), ...toWaitingParts(state, job, { paused: null, queuedAt: now })];
  return accept(going, changes, `unpause job ${job.id}`, subject);
}

function waiting(state: State, jobId: string): { ok: true; job: Job } | Refused {
  const found = find(state.jobs, jobId, 'job');
  if (!found.ok) return found;
  const { value: job } = found;
  if (isFinished(job)) return refuse('ALREADY_FINISHED', `job ${job.id} ${endedWords(job.status)} already`, [job.id]);
  if (job.status === 'queued') return { ok: true, job };
  return refuse('NOT_RUNNABLE', `job ${job.id} is ${job.status}; only a job that waits can be paused`, [job.id]);
}

export const pauseFrom = ({ by, reason, until, now }: PauseWish): Pause => ({
  by: clipped(by, 255),
  at: now,
  reason: clippedOrNull(reason, 1000),
  until,
});

/** Said again with no other reason and no other end: who says it makes no difference. */
export const isSamePause = (
  pause: Pick<Pause, 'reason' | 'until'>,
  { reason, until }: Pick<PauseWish, 'reason' | 'until'>,
): boolean => pause.until === until && (reason === null || pause.reason === clipped(reason, 1000));

export function refuseLate({ until, now }: Pick<PauseWish, 'until' | 'now'>): Refused | undefined {
  if (until === null || isBefore(now, until)) return undefined;
  return refuse('INVALID_DATA', `until ${until} lies in the past`);
}
