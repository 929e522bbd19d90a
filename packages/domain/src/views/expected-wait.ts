/** A plain estimate of a wait, from how long finished jobs took and how many slots there are. Says nothing when data is thin. */
import { currentAttempt } from '../entities/job.ts';
import type { State } from '../state.ts';
import { elapsedMs } from '../time.ts';

const ENOUGH = 3;

export function expectedWaitMs(state: State, ahead: number): { p50: number; p90: number } | null {
  const durations = finishedDurationsMs(state);
  const slots = activeSlots(state);
  if (durations.length < ENOUGH || slots === 0) return null;
  const rounds = Math.floor(ahead / slots);
  return {
    p50: rounds * quantile(durations, 0.5),
    p90: (rounds + 1) * quantile(durations, 0.9),
  };
}

const known = new WeakMap<State['jobs'], readonly number[]>();

function finishedDurationsMs({ jobs }: State): readonly number[] {
  const durations = known.get(jobs) ?? sortedDurations(jobs);
  known.set(jobs, durations);
  return durations;
}

function sortedDurations(jobs: State['jobs']): readonly number[] {
  const durations: number[] = [];
  for (const job of jobs) {
    const attempt = currentAttempt(job);
    if (job.status === 'succeeded' && attempt?.endedAt) durations.push(elapsedMs(attempt.startedAt, attempt.endedAt));
  }
  // A leap second passes the schema and is no number here.
  return durations.filter((it) => Number.isFinite(it)).sort((a, b) => a - b);
}

const knownSlots = new WeakMap<State['agents'], number>();

function activeSlots({ agents }: State): number {
  const slots =
    knownSlots.get(agents) ?? [...agents].reduce((sum, it) => sum + (it.mode === 'active' ? it.slots : 0), 0);
  knownSlots.set(agents, slots);
  return slots;
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
