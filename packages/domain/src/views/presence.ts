/**
 * An agent as the history tells of it: health, without what the mere passing of a minute changes. And what was noted of it
 * last, which the newest hour of the history says.
 */
import type { Agent } from '../entities/agent.ts';
import type { HistoryHour, Presence } from '../entities/history-hour.ts';
import { modeOf } from '../scheduling/pauses.ts';
import type { State } from '../state.ts';
import { isBefore, type Time, toMs, toTime } from '../time.ts';
import { isStopped } from './agent-status.ts';
import { healthOf } from './fleet-health.ts';

export interface Sighting {
  readonly presence: Presence;
  readonly since: Time;
}

/** Null: nothing is known of it. */
export function presenceOf(state: State, agent: Agent, now: Time): Sighting | null {
  if (modeOf(agent, now) === 'maintenance') return { presence: 'maintenance', since: agent.modeSince ?? now };
  const heartbeat = state.heartbeats.get(agent.id);
  if (!heartbeat) return null;
  // Its clock may be wrong; nothing is noted of the future.
  const since = isBefore(heartbeat.at, now) ? heartbeat.at : now;
  if (isStopped(state, agent.id)) return { presence: 'stopped', since };
  return { presence: healthOf(state, agent.id, now) === 'silent' ? 'silent' : 'fresh', since };
}

/** `<yyyy-mm-dd>/<hh>`, by which hours sort; empty for what is no time. */
export function historyIdOf(hour: Time): string {
  const ms = toMs(hour);
  return Number.isNaN(ms) ? '' : toTime(ms).slice(0, 13).replace('T', '/');
}

const known = new WeakMap<State['history'], readonly (readonly [string, HistoryHour])[]>();

/** Every hour that is kept, oldest first. */
export function hoursOf({ history }: Pick<State, 'history'>): readonly (readonly [string, HistoryHour])[] {
  const sorted = known.get(history) ?? [...history.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  known.set(history, sorted);
  return sorted;
}

export const notedAgents = (state: Pick<State, 'history'>): HistoryHour['agents'] =>
  hoursOf(state).at(-1)?.[1].agents ?? {};
