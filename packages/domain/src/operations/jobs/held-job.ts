/** The check that every act of a holder passes: the job is held, by this agent, under this token. */
import { type Refused, refuse } from '../../decision.ts';
import type { Attempt, Stage } from '../../entities/attempt.ts';
import { currentAttempt, isFinished, isHeld, type Job } from '../../entities/job.ts';
import type { State } from '../../state.ts';
import { clippedOrNull, endedWords } from '../../text.ts';

export interface Holder {
  readonly jobId: string;
  readonly agentId: string;
  readonly token: number;
}
export type Held = { readonly ok: true; readonly job: Job; readonly attempt: Attempt } | Refused;

export function heldJob(state: State, { jobId, agentId, token }: Holder): Held {
  const job = state.jobs.get(jobId);
  if (!job) return refuse('NOT_FOUND', `there is no job ${jobId}`, [jobId]);
  if (job.token !== token)
    return refuse(
      'STALE_TOKEN',
      `job ${jobId} is at token ${job.token}, not ${token}: it was given to another holder`,
      [jobId],
    );
  if (isFinished(job)) return refuse('ALREADY_FINISHED', `job ${jobId} ${endedWords(job.status)} already`, [jobId]);
  const attempt = currentAttempt(job);
  if (isHeld(job) && attempt && job.agent === agentId) return { ok: true, job, attempt };
  return refuse('STALE_TOKEN', notTheHolder(job, agentId), [jobId]);
}

function notTheHolder({ id, agent, attempts }: Job, agentId: string): string {
  if (agent !== null) return `job ${id} is held by ${agent}, not by ${agentId}`;
  const hadIt = attempts.some((it) => it.agent === agentId);
  return hadIt
    ? `job ${id} is no longer held by ${agentId}: it went back to the queue`
    : `job ${id} is queued: nobody holds it, and ${agentId} never did`;
}

/** The job with its current attempt changed. */
export function withAttempt(job: Job, change: Partial<Attempt>): Job {
  return {
    ...job,
    attempts: job.attempts.map((it, at) => (at === job.attempts.length - 1 ? { ...it, ...change } : it)),
  };
}

/** What a build said of its stages, as much of it as a job's file may hold. */
export const keptStages = (stages: readonly Stage[]): Stage[] =>
  stages.slice(0, 50).map((stage) => ({ ...stage, message: clippedOrNull(stage.message, 1000) }));
