/**
 * When each open job will probably start and end, as things are now and if nothing else comes. A job takes as long as half of
 * its like took; where nothing is known of that, nothing is foretold.
 */
import { isFinished } from '../entities/job.ts';
import { boardOf } from '../scheduling/board.ts';
import type { State } from '../state.ts';
import { type Time, toMs, toTime } from '../time.ts';
import { expectedDurationMs } from '../views/durations.ts';
import { healthOf } from '../views/fleet-health.ts';
import { courseOf } from './course.ts';

export interface Forecast {
  /** null: never, as things are. */
  readonly startsAt: Time | null;
  readonly endsAt: Time | null;
}

/** A longer queue is not played: that would take minutes, and tell of days nobody can foresee. */
const MOST_QUEUED = 5_000;

/** By job. Empty when too few have succeeded to know how long one takes, and for a very long queue. */
export function forecast(state: State, now: Time): ReadonlyMap<string, Forecast> {
  if (!expectedDurationMs(state) || boardOf(state).queued.length > MOST_QUEUED) return new Map();
  const claimers = [...state.agents].filter((it) => healthOf(state, it.id, now) !== 'silent').map((it) => it.id);
  const { spans } = courseOf({
    state,
    startMs: toMs(now),
    arrivals: [],
    claimers: new Set(claimers),
    // By what has ended until now: what is played teaches nothing.
    runOf: (job) => ({ lengthMs: expectedDurationMs(state, job)?.p50 ?? 0, status: 'succeeded' }),
  });
  const known = new Map(spans.map((it) => [it.job, { startsAt: toTime(it.startMs), endsAt: toTime(it.endMs) }]));
  const open = [...state.jobs].filter((it) => !isFinished(it));
  return new Map(open.map(({ id }) => [id, known.get(id) ?? { startsAt: null, endsAt: null }]));
}
