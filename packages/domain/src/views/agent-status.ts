/** The one word for an agent that every face shows. What is unknown is not offline, and what is being mended is not broken. */
import type { Agent } from '../entities/agent.ts';
import type { AgentStatus } from '../entities/read-model.ts';
import { boardOf } from '../scheduling/board.ts';
import { modeOf } from '../scheduling/pauses.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { healthOf } from './fleet-health.ts';

export function agentStatus(state: State, agent: Agent, now: Time): AgentStatus {
  if (modeOf(agent, now) === 'maintenance') return 'Maintenance';
  if (healthOf(state, agent.id, now) === 'silent') return 'Offline';
  if (boardOf(state).heldBy.has(agent.id)) return 'Building';
  return isStopped(state, agent.id) ? 'Offline' : 'Idle';
}

/** By its own last word. One that left a job in its hands is missed all the same. */
export const isStopped = (state: State, agentId: string): boolean =>
  state.heartbeats.get(agentId)?.stopped === true && !boardOf(state).heldBy.has(agentId);

/** Worst first: silent with a job in its hands, silent, late, never heard of, at work, free, in maintenance. */
export function agentsWorstFirst(state: State, now: Time): readonly Agent[] {
  const ranked = [...state.agents].map((agent) => ({ agent, rank: rankOf(state, agent, now) }));
  return ranked.sort((a, b) => a.rank - b.rank || (a.agent.id < b.agent.id ? -1 : 1)).map((it) => it.agent);
}

function rankOf(state: State, agent: Agent, now: Time): number {
  const status = agentStatus(state, agent, now);
  if (status === 'Maintenance' || isStopped(state, agent.id)) return 6;
  if (status === 'Offline') return boardOf(state).heldBy.has(agent.id) ? 0 : 1;
  const health = healthOf(state, agent.id, now);
  if (health !== 'fresh') return health === 'late' ? 2 : 3;
  return status === 'Building' ? 4 : 5;
}
