/** Keeps what a holder reported after its job had been taken from it: as a note on its own attempt, never as the result. */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { Job } from '../../entities/job.ts';
import { putJob, type State } from '../../state.ts';
import type { Time } from '../../time.ts';
import type { Holder } from './held-job.ts';

export interface NoteLateResult extends Holder {
  readonly status: string;
  readonly exitCode: number | null;
  readonly now: Time;
}

export function noteLateResult(
  state: State,
  { jobId, agentId, token, status, exitCode, now }: NoteLateResult,
): Decision<Job> {
  const job = state.jobs.get(jobId);
  const attempt = job?.attempts.find((it) => it.token === token && it.agent === agentId);
  if (!job || !attempt) return refuse('NOT_FOUND', `${agentId} never held job ${jobId} under token ${token}`, [jobId]);
  if (attempt.status !== 'lost')
    return refuse('NOTHING_TO_DO', `attempt ${attempt.number} of job ${jobId} was not lost`, [jobId]);

  const subject = { agent: agentId, job: jobId, token };
  if (attempt.late) return accept(job, [], `the late result of ${agentId} for job ${jobId} is noted already`, subject);
  const late = { status, exitCode, at: now };
  const noted: Job = {
    ...job,
    attempts: job.attempts.map((it) => (it === attempt ? { ...it, late } : it)),
  };
  return accept(noted, [putJob(noted)], `note late result of ${agentId} for job ${jobId}: ${status}`, subject);
}
