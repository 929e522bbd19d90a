/** A plain estimate of a wait, from how long finished jobs took and how many slots there are. Says nothing when data is thin. */
import { currentAttempt } from '../entities/job.ts';
import type { State } from '../state.ts';
import { elapsedMs } from '../time.ts';

const ENOUGH = 3;

export function expectedWaitMs(state: State, ahead: number): { p50: number; p90: number } | null {
  const durations = finishedDurationsMs(state);
  const slots = [...state.agents]
    .filter((agent) => agent.mode === 'active')
    .reduce((sum, agent) => sum + agent.slots, 0);
  if (durations.length < ENOUGH || slots === 0) return null;
  const rounds = Math.floor(ahead / slots);
  return {
    p50: rounds * quantile(durations, 0.5),
    p90: (rounds + 1) * quantile(durations, 0.9),
  };
}

function finishedDurationsMs(state: State): number[] {
  const durations: number[] = [];
  for (const job of state.jobs) {
    const attempt = currentAttempt(job);
    if (job.status === 'succeeded' && attempt?.endedAt) durations.push(elapsedMs(attempt.startedAt, attempt.endedAt));
  }
  return durations.sort((a, b) => a - b);
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
