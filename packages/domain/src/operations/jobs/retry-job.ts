/** Puts an ended job back into the queue: the same job, a new attempt, a token that goes on rising. */
import { accept, type Decision, refuse } from '../../decision.ts';
import { isFinished, type Job } from '../../entities/job.ts';
import { find } from '../../find.ts';
import { fullQueue } from '../../namespaces/quotas.ts';
import { putJob, type State } from '../../state.ts';
import type { Time } from '../../time.ts';

export interface RetryJob {
  readonly jobId: string;
  readonly by: string;
  readonly reason: string | null;
  readonly now: Time;
}

export function retryJob(state: State, { jobId, reason, now }: RetryJob): Decision<Job> {
  const found = find(state.jobs, jobId, 'job');
  if (!found.ok) return found;
  const job = found.value;
  if (!isFinished(job)) return refuse('NOT_FINISHED', `job ${job.id} is ${job.status}`, [job.id]);
  if (job.status === 'succeeded')
    return refuse('ALREADY_FINISHED', `job ${job.id} has succeeded; submit a new one to build again`, [job.id]);
  if (job.parent !== null)
    return refuse('CONFLICT', `job ${job.id} is a part of job ${job.parent}, which ended with it; retry that one`, [
      job.id,
      job.parent,
    ]);
  const full = fullQueue(state, job, now);
  if (full !== undefined) return refuse('QUOTA_REACHED', full, [job.id]);

  const queued: Job = {
    ...job,
    status: 'queued',
    agent: null,
    cancelRequested: null,
    // Who agreed to one run has not agreed to another.
    approvals: [],
    notBefore: null,
    queuedAt: now,
    result: null,
    endedAt: null,
    // It is split anew: its former parts stay as what was tried.
    split: null,
    needs: job.needs.filter((it) => !job.split?.children.includes(it)),
  };
  return accept(queued, [putJob(queued)], `retry job ${job.id}`, {
    job: job.id,
    reason,
  });
}
