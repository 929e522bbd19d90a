/** The three spans of time that the history can be looked at for, and the points of the snapshot that lie in each. Pure. */
import { type ReadModel, toMs } from '@gityard/domain';
import type { Moment } from '../../parts/charts/time-chart.ts';
import type { Rate } from '../../worker/questions/history/history.ts';

export type HistoryPoint = ReadModel['history'][number];

export const SPANS = {
  '24h': { hours: 24, short: '24 h', words: 'last 24 hours', span: 'hour', points: 24 },
  '7d': { hours: 7 * 24, short: '7 d', words: 'last 7 days', span: 'day', points: 7 },
  '30d': { hours: 30 * 24, short: '30 d', words: 'last 30 days', span: 'day', points: 30 },
} as const;
export type SpanName = keyof typeof SPANS;

export const spanNamed = (name: string | undefined): SpanName =>
  name !== undefined && Object.hasOwn(SPANS, name) ? (name as SpanName) : '7d';

export function pointsOf({ history }: ReadModel, name: SpanName): readonly HistoryPoint[] {
  const { span, points } = SPANS[name];
  return history.filter((it) => it.span === span).slice(-points);
}

/** Of all jobs of the yard; the snapshot alone knows it. */
export function ratesOf(model: ReadModel): readonly Rate[] {
  return Object.entries(SPANS).map(([name, { hours }]) => {
    const points = pointsOf(model, name as SpanName);
    const succeeded = points.reduce((sum, it) => sum + it.succeeded, 0);
    return { hours, succeeded, of: succeeded + points.reduce((sum, it) => sum + it.failed, 0) };
  });
}

const HOUR = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const HOUR_LONG = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' });
// A day of the history is one in UTC, wherever it is read.
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const DAY_LONG = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

export function momentOf({ at, span }: HistoryPoint): Moment {
  const ms = toMs(at);
  if (!Number.isFinite(ms)) return { short: '?', long: 'at an unknown time' };
  if (span === 'hour') return { short: HOUR.format(ms), long: `${HOUR_LONG.format(ms)}, one hour` };
  return { short: DAY.format(ms), long: DAY_LONG.format(ms) };
}
