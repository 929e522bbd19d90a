/** Ends a job that waited longer than it may. Any agent that sees it performs it; the facts decide, so it happens once. */
import { accept, type Decision, refuse } from '../../decision.ts';
import { isFinished, type Job } from '../../entities/job.ts';
import { expiresAt } from '../../scheduling/waiting.ts';
import { putJob, type State } from '../../state.ts';
import { endedWords } from '../../text.ts';
import { isBefore, type Time } from '../../time.ts';
import { endOfKin } from './family.ts';

export interface ExpireJob {
  readonly jobId: string;
  readonly by: string;
  readonly now: Time;
}

export function expireJob(state: State, { jobId, by, now }: ExpireJob): Decision<Job> {
  const job = state.jobs.get(jobId);
  if (!job) return refuse('NOT_FOUND', `there is no job ${jobId}`, [jobId]);
  const subject = { job: jobId, agent: by };
  if (job.status === 'expired') return accept(job, [], `job ${jobId} is expired already`, subject);
  if (isFinished(job)) return refuse('ALREADY_FINISHED', `job ${jobId} ${endedWords(job.status)} already`, [jobId]);
  if (job.status !== 'queued') return refuse('NOT_RUNNABLE', `job ${jobId} is ${job.status}`, [jobId]);

  const end = expiresAt(state, job, now);
  if (end === null || isBefore(now, end))
    return refuse('NOTHING_TO_DO', `job ${jobId} may wait ${end === null ? 'for ever' : `until ${end}`}`, [jobId]);
  const expired: Job = { ...job, status: 'expired', endedAt: now };
  const changes = [putJob(expired), ...endOfKin(state, expired, { by, now })];
  return accept(expired, changes, `expire job ${jobId}: its time to wait was over at ${end}`, subject);
}
