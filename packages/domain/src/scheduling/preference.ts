/**
 * Which of the agents that could run a job should have it (R111): who is idle, then who is less loaded, then who has built
 * the repository before, so that its caches are warm; then the same lot for everybody. An order of courtesy, by which those
 * who would claim let others go first; whoever claims, may.
 */
import type { Agent } from '../entities/agent.ts';
import { currentAttempt, type Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import { boardOf } from './board.ts';
import { rendezvousRank } from './rendezvous.ts';

/** Heartbeats of different ages tell a little different loads: only what is plainly more counts. */
const LOAD_STEP_PERCENT = 25;

/** How many of these agents should go before `self`. */
export function preferenceRank(state: State, job: Job, agents: readonly Agent[], self: Agent): number {
  const warm = whoBuilt(state, job.repository);
  const own = meritOf(state, job, { agent: self, warm });
  const lot = agents.map((it) => it.id);
  const ownLot = rendezvousRank(job.id, lot, self.id);
  return agents.filter((it) => {
    if (it.id === self.id) return false;
    const difference = compare(meritOf(state, job, { agent: it, warm }), own);
    return difference < 0 || (difference === 0 && rendezvousRank(job.id, lot, it.id) < ownLot);
  }).length;
}

type Merit = readonly number[];

/** Smaller is better. */
function meritOf(state: State, job: Job, { agent, warm }: { agent: Agent; warm: ReadonlySet<string> }): Merit {
  const held = boardOf(state).heldBy.get(agent.id)?.length ?? 0;
  const { cpuPercent, memoryPercent } = state.heartbeats.get(agent.id)?.machine ?? {};
  const load = Math.max(cpuPercent ?? 0, memoryPercent ?? 0);
  // A fault of the machine is rather tried again on another one.
  const failedIt = job.attempts.some((it) => it.agent === agent.id && it.cause === 'infrastructure');
  return [failedIt ? 1 : 0, held / agent.slots, Math.floor(load / LOAD_STEP_PERCENT), warm.has(agent.id) ? 0 : 1];
}

function compare(a: Merit, b: Merit): number {
  const at = a.findIndex((it, index) => it !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function whoBuilt(state: State, repository: string | null): ReadonlySet<string> {
  const agents = new Set<string>();
  if (repository === null) return agents;
  for (const job of boardOf(state).succeeded) {
    const agent = job.repository === repository && currentAttempt(job)?.agent;
    if (agent) agents.add(agent);
  }
  return agents;
}
