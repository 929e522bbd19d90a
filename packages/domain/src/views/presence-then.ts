/**
 * How agents stood at a time that is over. Their heartbeats are in no history; what upkeep noted of them is, and stands in for
 * them. Of whom nothing was noted, nothing is made up: that agent is unknown, not silent.
 */
import type { Agent } from '../entities/agent.ts';
import type { Heartbeat } from '../entities/heartbeat.ts';
import type { Presence } from '../entities/history-hour.ts';
import type { State } from '../state.ts';
import { Table } from '../table.ts';
import type { Time } from '../time.ts';
import { validate } from '../validate.ts';
import { notedAgents } from './presence.ts';

export function withPresenceThen(state: State, now: Time): State {
  if (state.heartbeats.size > 0) return state;
  const noted = notedAgents(state);
  const known = [...state.agents].flatMap((agent): (readonly [string, Heartbeat])[] => {
    const seen = Object.hasOwn(noted, agent.id) ? noted[agent.id] : undefined;
    const beat = seen && asNoted(agent, { ...seen, now });
    return beat ? [[agent.id, beat]] : [];
  });
  return known.length === 0 ? state : { ...state, heartbeats: Table.of(known) };
}

interface Noted {
  readonly presence: Presence;
  readonly since: Time;
  readonly now: Time;
}

/** Whoever was well kept its promise until then, and who was silent promised nothing that has not passed. */
function asNoted({ id: agent, boot, host }: Agent, { presence, since: at, now }: Noted): Heartbeat | undefined {
  // It is the agent's own entry that says so; whether it lived meanwhile nobody noted.
  if (presence === 'maintenance' || presence === 'removed') return undefined;
  const nextBeatBy = presence === 'silent' ? at : now;
  const stopped = presence === 'stopped';
  const checked = validate('heartbeat', { agent, boot, beat: 1, at, nextBeatBy, host, pid: 0, stopped });
  return checked.ok ? checked.value : undefined;
}

export interface PresentThen {
  readonly alive: number;
  readonly silent: number;
  readonly unknown: number;
}

export function presentThen(state: State): PresentThen {
  const noted = notedAgents(state);
  const all = [...state.agents].map(({ id }) => (Object.hasOwn(noted, id) ? noted[id]?.presence : undefined));
  const of = (presence: Presence) => all.filter((it) => it === presence).length;
  return { alive: of('fresh'), silent: of('silent'), unknown: all.filter((it) => it === undefined).length };
}
