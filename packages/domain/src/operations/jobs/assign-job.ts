/** Says which agent must run a queued job, for ever or until a time; or with null that any may. */
import { accept, type Decision, refuse } from '../../decision.ts';
import { isFinished, type Job } from '../../entities/job.ts';
import { find } from '../../find.ts';
import { putJob, type State } from '../../state.ts';
import { endedWords } from '../../text.ts';
import type { Time } from '../../time.ts';
import { refuseLate } from './pause-job.ts';

export interface AssignJob {
  readonly jobId: string;
  readonly agentId: string | null;
  /** From then on anyone may run it. null or nothing: only that agent ever. */
  readonly until?: Time | null;
  readonly reason: string | null;
  readonly now: Time;
}

export function assignJob(state: State, { jobId, agentId, until = null, reason, now }: AssignJob): Decision<Job> {
  const late = refuseLate({ until, now });
  if (late) return late;
  const found = find(state.jobs, jobId, 'job');
  if (!found.ok) return found;
  const { value: job } = found;
  if (isFinished(job)) return refuse('ALREADY_FINISHED', `job ${job.id} ${endedWords(job.status)} already`, [job.id]);
  if (agentId !== null && !state.agents.has(agentId))
    return refuse('UNKNOWN_AGENT', `agent ${agentId} has not registered`, [agentId]);
  if (job.status !== 'queued')
    return refuse('NOT_RUNNABLE', `job ${job.id} is ${job.status}; only a queued job can be assigned`, [job.id]);
  const assignedUntil = agentId === null ? null : until;
  if (job.assignedTo === agentId && job.assignedUntil === assignedUntil)
    return accept(job, [], `job ${job.id} is assigned so already`, {
      job: job.id,
      reason,
    });

  // A person's word: no backup gives it back any more.
  const assigned = { ...job, assignedTo: agentId, assignedUntil, movedFrom: null };
  const summary = agentId === null ? `assign job ${job.id} to anyone` : `assign job ${job.id} to ${agentId}`;
  return accept(assigned, [putJob(assigned)], summary, {
    job: job.id,
    agent: agentId ?? undefined,
    reason,
  });
}
