/** Whose assigned jobs should go to a backup now, and whose should come back: by the pairs of yard.json and the one health. */
import type { Agent } from '../entities/agent.ts';
import { boardOf } from '../scheduling/board.ts';
import { canRun } from '../scheduling/eligibility.ts';
import { modeOf } from '../scheduling/pauses.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { agentStatus, isStopped } from './agent-status.ts';
import { healthOf } from './fleet-health.ts';

export interface FailoverDue {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

export function failoversDue(state: State, now: Time): readonly FailoverDue[] {
  return Object.entries(state.yard.failover).flatMap(([from, { backup }]) => {
    const [a, b] = [state.agents.get(from), state.agents.get(backup)];
    if (!a || !b || a === b || !isThere(state, b, now)) return [];
    const why = absence(state, a, now);
    const moves = boardOf(state).queued.some(
      (job) => job.assignedTo === from && canRun(b, { ...job, assignedTo: backup }),
    );
    return why === null || !moves ? [] : [{ from, to: backup, reason: `${from} ${why}; ${backup} is its backup` }];
  });
}

/** Only of agents that are there again. One that a person drained comes back when the person says so. */
export function failbacksDue(state: State, now: Time): readonly string[] {
  const homes = new Set(
    boardOf(state)
      .queued.map((job) => job.movedFrom)
      .filter((it) => it !== null),
  );
  return [...homes].filter((id) => {
    const agent = state.agents.get(id);
    return agent !== undefined && isThere(state, agent, now);
  });
}

const isThere = (state: State, agent: Agent, now: Time): boolean =>
  modeOf(agent, now) === 'active' && healthOf(state, agent.id, now) === 'fresh' && !isStopped(state, agent.id);

function absence(state: State, agent: Agent, now: Time): string | null {
  if (modeOf(agent, now) === 'maintenance') return 'is in maintenance';
  return agentStatus(state, agent, now) === 'Offline' ? 'gives no sign of life' : null;
}
