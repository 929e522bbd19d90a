/** The last day by hours and the last month by days, from the history, with the hour that is not over yet as it is now. */
import type { HistoryFigures } from '../entities/history-hour.ts';
import type { ReadModel } from '../entities/read-model.ts';
import type { State } from '../state.ts';
import { DAY_MS, type Time, toMs, toTime } from '../time.ts';
import { hourFigures } from './hour-figures.ts';
import { hoursOf, presenceOf } from './presence.ts';

export type HistoryPoint = ReadModel['history'][number];

const HOUR_MS = 3_600_000;
const [HOURS, DAYS] = [24, 30];
/** They are noted some minutes after they are over; where nobody notes anything any more, nothing is made up for days. */
const UNNOTED_HOURS = 2;

export function historyPoints(state: State, now: Time): readonly HistoryPoint[] {
  const hours = hourPoints(state, now);
  return [...hours.slice(-HOURS), ...dayPoints(hours).slice(-DAYS)];
}

/** From the first hour that is known on; one in which nothing happened looks as the one before it ended. */
function hourPoints(state: State, now: Time): HistoryPoint[] {
  const nowMs = toMs(now);
  const currentMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  const known = new Map(hoursOf(state).flatMap(([, { hour, figures }]) => (figures ? [[toMs(hour), figures]] : [])));
  const oldestMs = currentMs - DAYS * DAY_MS;
  const firstMs = Math.max(oldestMs, Math.min(currentMs, ...known.keys()));
  const fresh = [...state.agents].filter((it) => presenceOf(state, it, now)?.presence === 'fresh').length;
  const notedMs = Math.max(Number.NEGATIVE_INFINITY, ...known.keys());
  const points: HistoryPoint[] = [];
  for (let ms = firstMs; ms < currentMs; ms += HOUR_MS) {
    const isOver = ms > notedMs && ms >= currentMs - UNNOTED_HOURS * HOUR_MS;
    const figures = isOver ? hourFigures(state, { fromMs: ms, toMs: ms + HOUR_MS }, fresh) : known.get(ms);
    points.push(pointOf(ms, figures, points.at(-1)));
  }
  return [...points, pointOf(currentMs, hourFigures(state, { fromMs: currentMs, toMs: nowMs + 1 }, fresh))];
}

function pointOf(ms: number, figures: HistoryFigures | undefined, before?: HistoryPoint): HistoryPoint {
  const place = { at: toTime(ms), span: 'hour' } as const;
  if (figures) return { ...place, ...figures };
  const { queued = 0, running = 0, agentsFresh = 0 } = before ?? {};
  const waited = before?.oldestWaitSeconds ?? null;
  const oldestWaitSeconds = queued === 0 || waited === null ? null : waited + HOUR_MS / 1000;
  return { ...place, succeeded: 0, failed: 0, queued, running, agentsFresh, p50Seconds: null, oldestWaitSeconds };
}

function dayPoints(hours: readonly HistoryPoint[]): HistoryPoint[] {
  const days = new Map<string, HistoryPoint[]>();
  for (const it of hours) days.set(it.at.slice(0, 10), [...(days.get(it.at.slice(0, 10)) ?? []), it]);
  return [...days].map(([day, points]) => dayPoint(`${day}T00:00:00.000Z`, points));
}

function dayPoint(at: Time, hours: readonly HistoryPoint[]): HistoryPoint {
  const most = (of: (it: HistoryPoint) => number) => Math.max(...hours.map(of));
  const total = (of: (it: HistoryPoint) => number) => hours.reduce((sum, it) => sum + of(it), 0);
  return {
    at,
    span: 'day',
    succeeded: total((it) => it.succeeded),
    failed: total((it) => it.failed),
    queued: most((it) => it.queued),
    running: most((it) => it.running),
    agentsFresh: Math.min(...hours.map((it) => it.agentsFresh)),
    p50Seconds: typicalSeconds(hours),
    oldestWaitSeconds: most((it) => it.oldestWaitSeconds ?? -1) < 0 ? null : most((it) => it.oldestWaitSeconds ?? -1),
  };
}

/** The median of the hours' medians, each as often as that hour had ends. */
function typicalSeconds(hours: readonly HistoryPoint[]): number | null {
  const known = hours.filter((it) => it.p50Seconds !== null).sort((a, b) => (a.p50Seconds ?? 0) - (b.p50Seconds ?? 0));
  const weight = (it: HistoryPoint) => Math.max(1, it.succeeded + it.failed);
  const half = known.reduce((sum, it) => sum + weight(it), 0) / 2;
  let seen = 0;
  for (const it of known) {
    seen += weight(it);
    if (seen >= half) return it.p50Seconds;
  }
  return null;
}
