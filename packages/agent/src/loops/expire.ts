/** Ends the jobs that waited longer than they may. Each is for one agent to end; the others let it go first. */
import { expiresAt, isBefore, type Job, newerSchema } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import { ourTurn } from '../peers.ts';

export async function expireAll(context: AgentContext, signal: AbortSignal): Promise<void> {
  if (newerSchema(context.yard.state) !== null) return;
  for (const { id } of overdueJobs(context)) {
    if (signal.aborted) return;
    await ourTurn(context, id, signal);
    if (overdueJobs(context).some((job) => job.id === id)) await expire(context, id);
  }
}

function overdueJobs({ yard }: AgentContext): Job[] {
  const { state } = yard;
  const now = yard.now();
  return [...state.jobs].filter((job) => {
    const end = job.status === 'queued' ? expiresAt(state, job, now) : null;
    return end !== null && !isBefore(now, end);
  });
}

async function expire({ yard, self, emit }: AgentContext, jobId: string): Promise<void> {
  const answer = await yard.perform('expire', { jobId, by: self.id, now: yard.now() });
  if (answer.ok && answer.commit !== null) emit({ kind: 'expired', job: jobId, text: 'it waited longer than it may' });
}
