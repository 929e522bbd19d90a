/**
 * When each open job will probably start and end, as things are now and if nothing else comes. A job takes as long as others
 * of its branch took, or else as all did; where nothing is known of lengths, nothing is foretold.
 */
import { currentAttempt, isFinished, type Job } from '../entities/job.ts';
import { boardOf } from '../scheduling/board.ts';
import type { State } from '../state.ts';
import { elapsedMs, type Time, toMs, toTime } from '../time.ts';
import { healthOf } from '../views/fleet-health.ts';
import { courseOf } from './course.ts';

export interface Forecast {
  /** null: never, as things are. */
  readonly startsAt: Time | null;
  readonly endsAt: Time | null;
}

/** A longer queue is not played: that would take minutes, and tell of days nobody can foresee. */
const MOST_QUEUED = 5_000;

/** By job. Empty when no job has succeeded yet, so that nobody knows how long one takes, and for a very long queue. */
export function forecast(state: State, now: Time): ReadonlyMap<string, Forecast> {
  const lengthMsOf = usualLengths(state);
  if (!lengthMsOf || boardOf(state).queued.length > MOST_QUEUED) return new Map();
  const claimers = [...state.agents].filter((it) => healthOf(state, it.id, now) !== 'silent').map((it) => it.id);
  const { spans } = courseOf({
    state,
    startMs: toMs(now),
    arrivals: [],
    claimers: new Set(claimers),
    runOf: (job) => ({ lengthMs: lengthMsOf(job), status: 'succeeded' }),
  });
  const known = new Map(spans.map((it) => [it.job, { startsAt: toTime(it.startMs), endsAt: toTime(it.endMs) }]));
  const open = [...state.jobs].filter((it) => !isFinished(it));
  return new Map(open.map(({ id }) => [id, known.get(id) ?? { startsAt: null, endsAt: null }]));
}

function usualLengths({ jobs }: State): ((job: Job) => number) | undefined {
  const lengths = new Map<string, number[]>();
  const all: number[] = [];
  for (const job of jobs) {
    const attempt = currentAttempt(job);
    const ms = attempt?.endedAt ? elapsedMs(attempt.startedAt, attempt.endedAt) : Number.NaN;
    if (job.status !== 'succeeded' || !Number.isFinite(ms)) continue;
    const others = lengths.get(workOf(job));
    if (others) others.push(ms);
    else lengths.set(workOf(job), [ms]);
    all.push(ms);
  }
  if (all.length === 0) return undefined;
  const usual = medianOf(all);
  const medians = new Map([...lengths].map(([work, list]) => [work, medianOf(list)]));
  return (job) => medians.get(workOf(job)) ?? usual;
}

const workOf = ({ repository, branch, toolchain, command }: Job): string =>
  JSON.stringify([repository, branch, toolchain, command]);

const medianOf = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
