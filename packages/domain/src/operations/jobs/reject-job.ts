/** Ends a waiting job because somebody who might have approved it says no, and why. */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { Job } from '../../entities/job.ts';
import { personOf } from '../../people/people.ts';
import type { State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { askedJob } from './approve-job.ts';
import { cancelJob } from './cancel-job.ts';

export interface RejectJob {
  readonly jobId: string;
  readonly by: string;
  readonly reason: string | null;
  readonly now: Time;
}

export function rejectJob(state: State, { jobId, by, reason, now }: RejectJob): Decision<Job> {
  const found = askedJob(state, { jobId, by });
  if (!found.ok) return found;
  const { id } = found.job;
  if (reason === null || reason.trim() === '')
    return refuse('REASON_REQUIRED', `say why job ${id} must not run: whoever asked for it reads it`, [id]);
  const person = personOf(state.yard, by) ?? by;
  const cancelled = cancelJob(state, { jobId: id, by: person, reason: `rejected: ${reason}`, now });
  if (!cancelled.ok) return cancelled;
  return accept(cancelled.result, cancelled.changes, `reject job ${id} as ${person}`, { job: id, reason });
}
