/**
 * How much an agent has to carry already, so that the freest claims first: a machine under strain comes after all that are not,
 * then who has more of its slots taken. A claim is still for whoever makes it; this only says who lets whom go first.
 */
import type { State } from '../state.ts';
import { machineHealth, strainLevel } from '../views/machine-health.ts';
import { boardOf } from './board.ts';

const STRAIN = { ok: 0, warning: 100, critical: 200 } as const;

export function loadOf(state: State, agentId: string): number {
  const slots = state.agents.get(agentId)?.slots ?? 1;
  const held = boardOf(state).heldBy.get(agentId)?.length ?? 0;
  const strain = strainLevel(machineHealth(state.heartbeats.get(agentId), state.yard));
  return STRAIN[strain] + Math.min(99, Math.round((10 * held) / slots));
}
