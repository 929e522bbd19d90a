/**
 * How long a build takes, from what finished ones took: those of the same work where there are enough, else of the same
 * repository, else all. The one place that guesses: whoever knows better (prediction) takes its place here.
 */
import { currentAttempt, type Job } from '../entities/job.ts';
import { boardOf } from '../scheduling/board.ts';
import type { State } from '../state.ts';
import { elapsedMs } from '../time.ts';

/** Half of them take no longer than `p50`, and nine of ten no longer than `p90`. */
export interface Duration {
  readonly p50: number;
  readonly p90: number;
  /** From how many. */
  readonly count: number;
}

const ENOUGH = 3;

/** null where too little is known. Without a job: of any. */
export const expectedDurationMs = (state: State, job?: Job): Duration | null =>
  durationOf(state, job ? [...likeIt(job), ANY] : [ANY]);

/** Of its own kind alone: what anything else took makes no job a slow one. null where too little is known. */
export const usualDurationMs = (state: State, job: Job): Duration | null => durationOf(state, likeIt(job));

function durationOf(state: State, names: readonly string[]): Duration | null {
  const known = durationsOf(state);
  for (const name of names) {
    const durations = known.get(name);
    if (durations && durations.length >= ENOUGH) return summed(durations);
  }
  return null;
}

const ANY = '';
/** Commands without a repository have nothing in common. */
const likeIt = (job: Job): readonly string[] =>
  job.repository === null ? [workOf(job)] : [workOf(job), JSON.stringify([job.repository])];
const workOf = ({ repository, branch, toolchain, strategy, command }: Job): string =>
  JSON.stringify([repository, branch, toolchain, strategy, command]);

const known = new WeakMap<State['jobs'], ReadonlyMap<string, readonly number[]>>();

function durationsOf(state: State): ReadonlyMap<string, readonly number[]> {
  const durations = known.get(state.jobs) ?? collect(boardOf(state).succeeded);
  known.set(state.jobs, durations);
  return durations;
}

function collect(succeeded: readonly Job[]): ReadonlyMap<string, readonly number[]> {
  const lists = new Map<string, number[]>();
  for (const job of succeeded) {
    const attempt = currentAttempt(job);
    const ms = attempt?.endedAt ? elapsedMs(attempt.startedAt, attempt.endedAt) : Number.NaN;
    // A leap second passes the schema and is no number here.
    if (!Number.isFinite(ms)) continue;
    for (const name of [...likeIt(job), ANY]) {
      const list = lists.get(name);
      if (list) list.push(ms);
      else lists.set(name, [ms]);
    }
  }
  for (const list of lists.values()) list.sort((a, b) => a - b);
  return lists;
}

const summed = (sorted: readonly number[]): Duration => ({
  p50: quantile(sorted, 0.5),
  p90: quantile(sorted, 0.9),
  count: sorted.length,
});
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
