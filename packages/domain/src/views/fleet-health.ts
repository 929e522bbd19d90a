/** The health of every agent at one instant, judged once per state: a page asks for it hundreds of times. */
import type { Health } from '../entities/read-model.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { agentHealth } from './agent-health.ts';

const known = new WeakMap<State, { readonly now: Time; readonly healths: Map<string, Health> }>();

export function healthOf(state: State, agentId: string, now: Time): Health {
  const at = known.get(state);
  const judged = at?.now === now ? at : { now, healths: new Map<string, Health>() };
  known.set(state, judged);
  const health = judged.healths.get(agentId) ?? agentHealth(state.heartbeats.get(agentId), now, state.yard);
  judged.healths.set(agentId, health);
  return health;
}
