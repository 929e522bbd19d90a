/** Says that the holder has begun to run the job. */
import { accept, type Decision } from '../../decision.ts';
import type { Job } from '../../entities/job.ts';
import { putJob, type State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { type Holder, heldJob, withAttempt } from './held-job.ts';

export interface StartJob extends Holder {
  readonly now: Time;
}

export function startJob(state: State, input: StartJob): Decision<Job> {
  const held = heldJob(state, input);
  if (!held.ok) return held;
  const subject = {
    agent: input.agentId,
    job: input.jobId,
    token: input.token,
  };
  if (held.job.status === 'running') return accept(held.job, [], `job ${input.jobId} runs already`, subject);

  const job = withAttempt({ ...held.job, status: 'running' }, { status: 'running' });
  return accept(job, [putJob(job)], `start job ${job.id} on ${input.agentId}`, subject);
}
