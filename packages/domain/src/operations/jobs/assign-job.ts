/** Says which agent must run a queued job, or with null that any may. */
import { accept, type Decision, refuse } from '../../decision.ts';
import { isFinished, type Job } from '../../entities/job.ts';
import { find } from '../../find.ts';
import { putJob, type State } from '../../state.ts';
import { endedWords } from '../../text.ts';
import type { Time } from '../../time.ts';

export interface AssignJob {
  readonly jobId: string;
  readonly agentId: string | null;
  readonly reason: string | null;
  readonly now: Time;
}

export function assignJob(state: State, { jobId, agentId, reason }: AssignJob): Decision<Job> {
  const found = find(state.jobs, jobId, 'job');
  if (!found.ok) return found;
  const { value: job } = found;
  if (isFinished(job)) return refuse('ALREADY_FINISHED', `job ${job.id} ${endedWords(job.status)} already`, [job.id]);
  if (agentId !== null && !state.agents.has(agentId))
    return refuse('UNKNOWN_AGENT', `agent ${agentId} has not registered`, [agentId]);
  if (job.status !== 'queued')
    return refuse('NOT_RUNNABLE', `job ${job.id} is ${job.status}; only a queued job can be assigned`, [job.id]);
  if (job.assignedTo === agentId)
    return accept(job, [], `job ${job.id} is assigned so already`, {
      job: job.id,
      reason,
    });

  // A person's word: no backup gives it back any more.
  const assigned = { ...job, assignedTo: agentId, movedFrom: null };
  const summary = agentId === null ? `assign job ${job.id} to anyone` : `assign job ${job.id} to ${agentId}`;
  return accept(assigned, [putJob(assigned)], summary, {
    job: job.id,
    agent: agentId ?? undefined,
    reason,
  });
}
