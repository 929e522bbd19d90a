/**
 * Strikes an agent off. Only one that nobody will miss: its daemon was stopped, is silent, or was never heard of; a person who
 * knows better may force it. One that holds jobs never goes so: who holds a job has a name in the yard.
 */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { Agent } from '../../entities/agent.ts';
import { find } from '../../find.ts';
import { boardOf } from '../../scheduling/board.ts';
import type { State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { agentHealth } from '../../views/agent-health.ts';

export interface RemoveAgent {
  readonly agentId: string;
  readonly reason: string | null;
  /** Also one that lives: its daemon stops by itself when it sees that it is gone. */
  readonly force?: boolean;
  readonly now: Time;
}

export function removeAgent(state: State, { agentId, reason, force = false, now }: RemoveAgent): Decision<Agent> {
  const found = find(state.agents, agentId, 'agent');
  if (!found.ok) return found;
  const { id, mode } = found.value;
  const ids = (boardOf(state).heldBy.get(id) ?? []).map((job) => job.id);
  if (ids.length > 0) {
    const first = mode === 'active' ? 'drain it first' : 'wait until it has finished';
    return refuse('CONFLICT', `agent ${id} holds ${ids.join(', ')}; ${first}${force ? '' : ', or force it'}`, ids);
  }
  if (!force && lives(state, id, now))
    return refuse('CONFLICT', `agent ${id} gives signs of life; stop its daemon first, or force it`, [id]);
  const change = { kind: 'agent', id, value: null } as const;
  return accept(found.value, [change], `remove agent ${id}`, { agent: id, reason });
}

function lives({ heartbeats, yard }: State, id: string, now: Time): boolean {
  const heartbeat = heartbeats.get(id);
  if (!heartbeat || heartbeat.stopped) return false;
  return agentHealth(heartbeat, now, yard) !== 'silent';
}
