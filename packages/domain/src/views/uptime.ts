/**
 * How much of the time an agent was there, of the time it was wanted: not when it was stopped, nor in maintenance. And how fast
 * its disk fills. Both from the history, so they are not known before there is some.
 */
import type { Presence } from '../entities/history-hour.ts';
import type { State } from '../state.ts';
import { DAY_MS, type Time, toMs } from '../time.ts';
import { hoursOf } from './presence.ts';

export interface Uptime {
  readonly day: number | null;
  readonly week: number | null;
  readonly month: number | null;
}

/** How an agent stood, from one change of it to the next. */
export interface Stretch {
  readonly presence: Presence;
  readonly fromMs: number;
  readonly toMs: number;
}

export function uptimePercent(state: State, agentId: string, now: Time): Uptime {
  const stretches = presenceStretches(state, agentId, now);
  const of = (days: number) => shareFresh(stretches, toMs(now) - days * DAY_MS);
  return { day: of(1), week: of(7), month: of(30) };
}

type Kept = Pick<State, 'history'>;

/** Oldest first, without a gap, from the first hour that knows of it until now. */
export function presenceStretches(kept: Kept, agentId: string, now: Time): readonly Stretch[] {
  const marks = marksOf(kept, agentId);
  return marks.map(({ presence, atMs }, at) => ({ presence, fromMs: atMs, toMs: marks[at + 1]?.atMs ?? toMs(now) }));
}

/** Where the first change that is kept says what was before it, that held for as long as we know of it. */
function marksOf(kept: Kept, agentId: string): { presence: Presence; atMs: number }[] {
  const hours = hoursOf(kept);
  const marks: { presence: Presence; atMs: number }[] = [];
  for (const [, { hour, changes, agents }] of hours) {
    const noted = Object.hasOwn(agents, agentId) ? agents[agentId] : undefined;
    const own = changes.filter((it) => it.agent === agentId);
    if (marks.length === 0 && own.length === 0 && noted)
      marks.push({ presence: noted.presence, atMs: Math.min(toMs(noted.since), toMs(hour)) });
    for (const { to, at } of own) marks.push({ presence: to, atMs: Math.max(toMs(at), marks.at(-1)?.atMs ?? 0) });
  }
  return marks;
}

function shareFresh(stretches: readonly Stretch[], sinceMs: number): number | null {
  let [fresh, wanted] = [0, 0];
  for (const { presence, fromMs, toMs } of stretches) {
    if (presence !== 'fresh' && presence !== 'silent') continue;
    const ms = Math.max(0, toMs - Math.max(fromMs, sinceMs));
    wanted += ms;
    if (presence === 'fresh') fresh += ms;
  }
  return wanted === 0 ? null : Math.round((1000 * fresh) / wanted) / 10;
}

const LEAST_MS = DAY_MS / 2;

/** Gigabytes a day over the last week, less than nothing while it fills; null: half a day of history is the least. */
export function diskTrendGBPerDay(kept: Kept, agentId: string, now: Time): number | null {
  const sinceMs = toMs(now) - 7 * DAY_MS;
  const points = hoursOf(kept)
    .filter(([, it]) => Object.hasOwn(it.disks, agentId) && toMs(it.hour) >= sinceMs)
    .map(([, it]) => ({ atMs: toMs(it.hour), free: it.disks[agentId] ?? 0 }));
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || last.atMs - first.atMs < LEAST_MS) return null;
  return Math.round((10 * (last.free - first.free) * DAY_MS) / (last.atMs - first.atMs)) / 10;
}
