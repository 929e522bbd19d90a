/** How a pool stands (REQUIREMENTS R112). Each agent is counted once: busy, idle, away, in maintenance, or of unknown state. */
import type { Agent } from '../entities/agent.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { isHealthy } from './agent-checkup.ts';
import { agentStatus } from './agent-status.ts';
import { healthOf } from './fleet-health.ts';

export interface PoolView {
  readonly pool: string;
  readonly totalAgents: number;
  /** That are heard of and have nothing wrong with them, whatever they do. */
  readonly healthyAgents: number;
  readonly busyAgents: number;
  readonly idleAgents: number;
  readonly offlineAgents: number;
  readonly maintenanceAgents: number;
  /** Never heard of: neither free nor away. */
  readonly unknownAgents: number;
}

/** In the order of their names. */
export function poolViews(state: State, now: Time): readonly PoolView[] {
  const pools = [...new Set([...state.agents].map((it) => it.pool))].sort();
  return pools.map((pool) =>
    poolView(pool, { state, now, agents: [...state.agents].filter((it) => it.pool === pool) }),
  );
}

interface Counting {
  readonly state: State;
  readonly now: Time;
  readonly agents: readonly Agent[];
}

function poolView(pool: string, { state, now, agents }: Counting): PoolView {
  const kinds = agents.map((agent) => kindOf(state, agent, now));
  const count = (kind: Kind): number => kinds.filter((it) => it === kind).length;
  return {
    pool,
    totalAgents: agents.length,
    healthyAgents: agents.filter((agent) => isHealthy(state, agent, now)).length,
    busyAgents: count('Building'),
    idleAgents: count('Idle'),
    offlineAgents: count('Offline'),
    maintenanceAgents: count('Maintenance'),
    unknownAgents: count('Unknown'),
  };
}

type Kind = ReturnType<typeof agentStatus> | 'Unknown';

function kindOf(state: State, agent: Agent, now: Time): Kind {
  const status = agentStatus(state, agent, now);
  return status === 'Idle' && healthOf(state, agent.id, now) === 'unknown' ? 'Unknown' : status;
}
