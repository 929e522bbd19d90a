/** Every queued job in the order of claiming, each explained: worked out in one pass, once per state and instant. */
import type { Job } from '../entities/job.ts';
import { turnsOf } from '../scheduling/turns.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { type Explanation, explain } from './explain.ts';

export interface Waiting {
  readonly job: Job;
  readonly explanation: Explanation;
}

const known = new WeakMap<State, { readonly now: Time; readonly line: readonly Waiting[] }>();

export function waitingLine(state: State, now: Time): readonly Waiting[] {
  const before = known.get(state);
  if (before?.now === now) return before.line;
  const line = lineUp(state, now);
  known.set(state, { now, line });
  return line;
}

const lineUp = (state: State, now: Time): readonly Waiting[] =>
  turnsOf(state, now).map(({ job, ahead }) => ({ job, explanation: explain(state, job, now, { ahead }) }));
