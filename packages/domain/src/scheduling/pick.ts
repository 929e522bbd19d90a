/** Chooses the job that an agent should claim now. One pass without sorting: a hundred thousand jobs are a few milliseconds. */
import type { Agent } from '../entities/agent.ts';
import type { Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { isBlocked } from './blockers.ts';
import { boardOf } from './board.ts';
import { canRun } from './eligibility.ts';
import { claimOrder } from './order.ts';
import { asAssigned } from './waiting.ts';

export function pickJob(state: State, agent: Agent, now: Time): Job | undefined {
  const inOrder = claimOrder(state, now);
  let first: Job | undefined;
  for (const job of boardOf(state).queued) {
    if (first && inOrder(first, job) < 0) continue;
    if (canRun(agent, asAssigned(job, now)) && !isBlocked(state, job, now)) first = job;
  }
  return first;
}

export const freeSlots = (state: State, agent: Agent): number =>
  agent.slots - (boardOf(state).heldBy.get(agent.id)?.length ?? 0);
