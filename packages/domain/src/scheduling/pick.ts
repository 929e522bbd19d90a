/** Chooses the job that an agent should claim now. One pass without sorting: a hundred thousand jobs are a few milliseconds. */
import type { Agent } from '../entities/agent.ts';
import type { Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { asAsked } from './as-asked.ts';
import { isBlocked } from './blockers.ts';
import { boardOf } from './board.ts';
import { canRun } from './eligibility.ts';
import { agedPriority, claimOrder } from './order.ts';
import { hasRoom } from './reservation.ts';

/** `except`: those that the agent has looked at itself, and does not trust. */
export function pickJob(state: State, agent: Agent, now: Time, except: ReadonlySet<string> = NONE): Job | undefined {
  const inOrder = claimOrder(state, now);
  const priorityOf = agedPriority(state, now);
  let first: Job | undefined;
  let best = Number.POSITIVE_INFINITY;
  for (const job of boardOf(state).queued) {
    const priority = priorityOf(job);
    // Most jobs lose by this alone; the rest of the order costs more.
    if (priority > best || (first && inOrder(first, job) < 0)) continue;
    if (
      except.has(job.id) ||
      !canRun(agent, asAsked(state, job, now)) ||
      isBlocked(state, job, now) ||
      !hasRoom(state, agent, job)
    )
      continue;
    first = job;
    best = priority;
  }
  return first;
}

const NONE: ReadonlySet<string> = new Set();

export const freeSlots = (state: State, agent: Agent): number =>
  agent.slots - (boardOf(state).heldBy.get(agent.id)?.length ?? 0);
