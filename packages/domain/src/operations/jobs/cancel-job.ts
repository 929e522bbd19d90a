/** Cancels a job: a queued one at once, a held one by asking its holder, who ends it. Asking twice changes nothing. */
import { accept, type Decision, refuse } from '../../decision.ts';
import { isFinished, type Job } from '../../entities/job.ts';
import { find } from '../../find.ts';
import { putJob, type State } from '../../state.ts';
import { clipped, clippedOrNull, endedWords } from '../../text.ts';
import type { Time } from '../../time.ts';
import { endOfKin } from './family.ts';

export interface CancelJob {
  readonly jobId: string;
  readonly by: string;
  readonly reason: string | null;
  readonly now: Time;
}

export function cancelJob(state: State, { jobId, by, reason, now }: CancelJob): Decision<Job> {
  const found = find(state.jobs, jobId, 'job');
  if (!found.ok) return found;
  const job = found.value;
  const subject = { job: job.id, reason };
  if (job.status === 'cancelled') return accept(job, [], `job ${job.id} is cancelled already`, subject);
  if (isFinished(job)) return refuse('ALREADY_FINISHED', `job ${job.id} ${endedWords(job.status)} already`, [job.id]);
  if (job.cancelRequested) return accept(job, [], `job ${job.id} is being cancelled already`, subject);

  const cancelRequested = { by: clipped(by, 255), at: now, reason: clippedOrNull(reason, 1000) };
  const cancelled: Job =
    job.status === 'queued'
      ? { ...job, status: 'cancelled', cancelRequested, endedAt: now }
      : { ...job, cancelRequested };
  const changes = [putJob(cancelled), ...endOfKin(state, cancelled, { by, now })];
  return accept(cancelled, changes, `cancel job ${job.id}`, subject);
}
