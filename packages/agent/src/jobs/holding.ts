/** A job that this agent holds, and whether it still may: what the state says of it is the only authority. */
import { currentAttempt, isHeld, type Job, type State } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import type { StopReason } from '../events.ts';

export interface Holding {
  readonly job: Job;
  readonly id: string;
  readonly token: number;
  /** Since when we may hold it, on our monotonic clock: from before the claim was sent, as others may have seen it at once. */
  readonly sinceMs: number;
}

/** The token under which a holder of ours acts. */
export const holderOf = ({ self }: AgentContext, { id, token }: Pick<Holding, 'id' | 'token'>) => ({
  jobId: id,
  agentId: self.id,
  token,
});

export function stopReason(context: AgentContext, holding: Holding): StopReason | undefined {
  const { cancel, lease, self, yard } = context;
  if (cancel.aborted) return { kind: 'agent-stopped', text: `agent ${self.id} was stopped` };
  const taken = takenText(yard.state, holding, self.id);
  if (taken !== undefined) return { kind: 'taken', text: taken };
  const asked = yard.state.jobs.get(holding.id)?.cancelRequested;
  if (asked) return { kind: 'cancel-requested', text: cancelText(asked) };
  const config = yard.state.yard;
  if (lease.remainingMs({ sinceMs: holding.sinceMs, config }) > 0) return undefined;
  const seconds = Math.round(lease.lengthMs(config) / 1000);
  return { kind: 'lease-lost', text: `agent ${self.id} could not renew its lease of ${seconds} s in time` };
}

function takenText(state: State, { id, token }: Holding, agent: string): string | undefined {
  const job = state.jobs.get(id);
  if (!job) return `job ${id} is gone from the yard`;
  if (job.token !== token) return `job ${id} was given to another holder (token ${job.token})`;
  if (!isHeld(job) || job.agent !== agent) return `job ${id} is ${job.status}: it was taken from ${agent}`;
  return undefined;
}

function cancelText({ by, reason }: { by: string; reason: string | null }): string {
  return `cancelled by ${by}${reason ? `: ${reason}` : ''}`;
}

/** Jobs that the yard gave to this life of ours, and that nothing here is at work on: the answer to the claim got lost. */
export function forgotten({ yard, self, running }: AgentContext): Job[] {
  const ours = [...yard.state.jobs].filter((job) => isHeld(job) && job.agent === self.id);
  return ours.filter((job) => currentAttempt(job)?.boot === self.boot && !running.has(`${job.id}/${job.token}`));
}
