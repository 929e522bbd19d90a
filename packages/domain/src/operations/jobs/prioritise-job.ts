/** Gives a job another priority: 1 is first, 10 is last. */
import { accept, type Decision, refuse } from '../../decision.ts';
import { isFinished, type Job } from '../../entities/job.ts';
import { find } from '../../find.ts';
import { putJob, type State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { toWaitingParts } from './family.ts';

export interface PrioritiseJob {
  readonly jobId: string;
  readonly priority: number;
  readonly reason: string | null;
  readonly now: Time;
}

export function prioritiseJob(state: State, { jobId, priority, reason }: PrioritiseJob): Decision<Job> {
  if (!Number.isInteger(priority) || priority < 1 || priority > 10)
    return refuse('INVALID_DATA', `priority ${priority} is not a whole number from 1 (first) to 10 (last)`);
  const found = find(state.jobs, jobId, 'job');
  if (!found.ok) return found;
  const subject = { job: found.value.id, reason };
  if (isFinished(found.value)) return refuse('ALREADY_FINISHED', `job ${found.value.id} has ended`, [found.value.id]);
  if (found.value.priority === priority)
    return accept(found.value, [], `job ${found.value.id} has priority ${priority} already`, subject);

  const job = { ...found.value, priority };
  return accept(
    job,
    [putJob(job), ...toWaitingParts(state, job, { priority })],
    `prioritise job ${job.id}: ${priority}`,
    subject,
  );
}
