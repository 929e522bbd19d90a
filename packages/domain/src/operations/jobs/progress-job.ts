/** Writes down how far the holder's attempt has come: its stages. Nothing is committed when no stage moved. */
import { accept, type Decision } from '../../decision.ts';
import type { Stage } from '../../entities/attempt.ts';
import type { Job } from '../../entities/job.ts';
import { putJob, type State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { type Holder, heldJob, keptStages, withAttempt } from './held-job.ts';

export interface ProgressJob extends Holder {
  readonly stages: readonly Stage[];
  readonly now: Time;
}

export function progressJob(state: State, input: ProgressJob): Decision<Job> {
  const held = heldJob(state, input);
  if (!held.ok) return held;
  const subject = {
    agent: input.agentId,
    job: input.jobId,
    token: input.token,
  };
  if (sameStages(held.attempt.stages, input.stages))
    return accept(held.job, [], `job ${input.jobId} is there already`, subject);

  const job = withAttempt(held.job, { stages: keptStages(input.stages) });
  const current = input.stages.findLast((stage) => stage.status !== 'Pending');
  return accept(
    job,
    [putJob(job)],
    `progress job ${job.id}: ${current ? `${current.name} ${current.status}` : 'begins'}`,
    subject,
  );
}

function sameStages(before: readonly Stage[], after: readonly Stage[]): boolean {
  return (
    before.length === after.length &&
    before.every((stage, at) => stage.name === after[at]?.name && stage.status === after[at]?.status)
  );
}
