/** What one is told who has just asked for a build (REQUIREMENTS R113): its place in the queue, and when it may begin and for how long. */
import type { Job } from '../entities/job.ts';
import { isoDuration } from '../iso-duration.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { expectedDurationMs } from '../views/durations.ts';
import { explain } from '../views/explain.ts';
import { type BuildStatus, buildStatus } from './build-view.ts';

export interface QueuedBuild {
  readonly executionId: string;
  readonly status: BuildStatus;
  /** 1 = the next; null: it does not wait any more. */
  readonly queuePosition: number | null;
  /** As half of its like would; null: too little is known, or nobody can run it. */
  readonly estimatedStartTime: Time | null;
  /** ISO 8601 */
  readonly estimatedDuration: string | null;
}

export function queuedBuild(state: State, job: Job, now: Time): QueuedBuild {
  const { position, ahead, eta, reasons } = explain(state, job, now);
  const isNext = ahead === 0 && reasons.some(({ code }) => code === 'just-queued');
  const duration = expectedDurationMs(state, job);
  return {
    executionId: job.id,
    status: buildStatus(job),
    queuePosition: position,
    // An agent that is free needs no experience to be begun on.
    estimatedStartTime: eta.p50 ?? (isNext ? now : null),
    estimatedDuration: duration && isoDuration(duration.p50),
  };
}
