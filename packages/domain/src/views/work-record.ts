/**
 * What an agent, or the fleet, has built: the hours of the history that are over, and what the jobs say of the time since. The
 * share of successes comes with how many builds it is of: 100 % of two is little.
 */
import type { State } from '../state.ts';
import { DAY_MS, type Time, toMs } from '../time.ts';
import { isBuilt, jobTimes } from './job-times.ts';
import { hoursOf } from './presence.ts';

export interface Share {
  /** Null: of none. */
  readonly percent: number | null;
  readonly of: number;
}
export interface WorkRecord {
  readonly buildsToday: number;
  /** Of the last seven days. */
  readonly averageSeconds: number | null;
  readonly success: { readonly day: Share; readonly week: Share; readonly month: Share };
}

const HOUR_MS = 3_600_000;
const [WEEK_MS, MONTH_MS] = [7 * DAY_MS, 30 * DAY_MS];
const FLEET = '';

interface Counted {
  readonly endedMs: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly seconds: number;
}

const known = new WeakMap<State, ReadonlyMap<string, readonly Counted[]>>();

/** Of one agent; undefined: of the fleet. */
export function workRecord(state: State, now: Time, agentId: string = FLEET): WorkRecord {
  const all = known.get(state) ?? counted(state);
  known.set(state, all);
  const own = all.get(agentId) ?? [];
  const nowMs = toMs(now);
  const since = (ms: number) => sum(own.filter((it) => it.endedMs >= ms));
  const week = since(nowMs - WEEK_MS);
  const today = since(Math.floor(nowMs / DAY_MS) * DAY_MS);
  const n = week.succeeded + week.failed;
  return {
    buildsToday: today.succeeded + today.failed,
    averageSeconds: n === 0 ? null : Math.round(week.seconds / n),
    success: { day: shareOf(since(nowMs - DAY_MS)), week: shareOf(week), month: shareOf(since(nowMs - MONTH_MS)) },
  };
}

function sum(all: readonly Counted[]): Omit<Counted, 'endedMs'> {
  const [succeeded, failed, seconds] = all.reduce(
    ([a, b, c], it) => [a + it.succeeded, b + it.failed, c + it.seconds] as const,
    [0, 0, 0] as readonly [number, number, number],
  );
  return { succeeded, failed, seconds };
}

function shareOf({ succeeded, failed }: Omit<Counted, 'endedMs'>): Share {
  const of = succeeded + failed;
  return { percent: of === 0 ? null : Math.round((1000 * succeeded) / of) / 10, of };
}

function counted(state: State): ReadonlyMap<string, readonly Counted[]> {
  const all = new Map<string, Counted[]>();
  const add = (agent: string, it: Counted) => {
    for (const key of [agent, FLEET]) {
      const own = all.get(key);
      if (own) own.push(it);
      else all.set(key, [it]);
    }
  };
  let openMs = 0;
  for (const [, { hour, figures, builds }] of hoursOf(state)) {
    if (!figures) continue;
    openMs = toMs(hour) + HOUR_MS;
    for (const [agent, it] of Object.entries(builds)) add(agent, { ...it, endedMs: openMs - 1 });
  }
  for (const { tries } of jobTimes(state.jobs)) {
    for (const it of tries) {
      if (!isBuilt(it) || it.endedMs < openMs || it.endedMs === Number.POSITIVE_INFINITY) continue;
      add(it.agent, tryOf(it));
    }
  }
  return all;
}

const tryOf = ({ status, startedMs, endedMs }: { status: string; startedMs: number; endedMs: number }): Counted => ({
  endedMs,
  succeeded: status === 'succeeded' ? 1 : 0,
  failed: status === 'failed' ? 1 : 0,
  seconds: Math.max(0, (endedMs - startedMs) / 1000),
});
