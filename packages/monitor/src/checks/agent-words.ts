/** How a trouble of an agent ended, where the agent itself may have gone: silence proves nothing but silence. */
import { agentHealth, isStopped, modeOf } from '@gityard/domain';
import type { Look } from '../finding.ts';

/** Why nobody misses the agent any more; undefined: it is as active as ever. */
export function goneWords({ state, now }: Look, id: string): string | undefined {
  const agent = state.agents.get(id);
  if (!agent) return `agent ${id} was struck off`;
  const mode = modeOf(agent, now);
  if (mode === 'maintenance') return `agent ${id} is in maintenance`;
  if (mode !== 'active') return `agent ${id} is draining`;
  return isStopped(state, id) ? `agent ${id} was told to stop` : undefined;
}

export function isHeard({ state, now }: Look, id: string): boolean {
  const health = agentHealth(state.heartbeats.get(id), now, state.yard);
  return health === 'fresh' || health === 'late';
}

/** For what only a heartbeat can tell. */
export function endedByBeat(look: Look, id: string, words: string): string | null {
  const gone = goneWords(look, id);
  if (gone !== undefined) return gone;
  return isHeard(look, id) ? words : null;
}
