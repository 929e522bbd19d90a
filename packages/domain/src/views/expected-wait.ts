/** Plain estimates of when a job has its turn and when it ends, from how long builds take and how many slots there are. */
import { currentAttempt, isHeld, type Job } from '../entities/job.ts';
import { boardOf } from '../scheduling/board.ts';
import { allowsNothing } from '../scheduling/eligibility.ts';
import { whyIdle } from '../scheduling/pauses.ts';
import type { State } from '../state.ts';
import { type Time, toMs, toTime } from '../time.ts';
import { expectedDurationMs, usualDurationMs } from './durations.ts';

/** As half of its like, and as nine of ten would. null where too little is known. */
export interface Estimate {
  readonly p50: Time | null;
  readonly p90: Time | null;
}
export const NO_ESTIMATE: Estimate = { p50: null, p90: null };

/** When a job with so many ahead of it has its turn: so many slots have to be free before, and its own time has to come. */
export function expectedTurn(state: State, job: Job, { ahead, now }: { ahead: number; now: Time }): Estimate {
  const duration = expectedDurationMs(state);
  const slots = activeSlots(state, now);
  if (!duration || slots === 0) return NO_ESTIMATE;
  const endsFirst = Math.max(0, ahead + 1 + boardOf(state).held.length - slots);
  const p50 = later(now, (endsFirst / slots) * duration.p50);
  const p90 = later(now, Math.ceil(endsFirst / slots) * duration.p90);
  const own = [job.notBefore, job.paused?.until ?? null].reduce<Time>(
    (latest, time) => (time === null ? latest : noEarlier(latest, time)),
    now,
  );
  return { p50: noEarlier(p50, own), p90: noEarlier(p90, own) };
}

/** When a job ends that has its turn then, or that runs already. Who runs longer than expected may end at any moment. */
export function expectedEnd(state: State, job: Job, { turn, now }: { turn: Estimate; now: Time }): Estimate {
  const duration = usualDurationMs(state, job);
  if (!duration) return NO_ESTIMATE;
  const startedAt = isHeld(job) ? currentAttempt(job)?.startedAt : undefined;
  const [early, late] = startedAt === undefined ? [turn.p50, turn.p90] : [startedAt, startedAt];
  if (early === null || late === null || !Number.isFinite(toMs(early))) return NO_ESTIMATE;
  return { p50: noEarlier(later(early, duration.p50), now), p90: noEarlier(later(late, duration.p90), now) };
}

const later = (time: Time, ms: number): Time => toTime(toMs(time) + ms);
const noEarlier = (time: Time, than: Time): Time => (toMs(time) < toMs(than) ? than : time);

const known = new WeakMap<State['agents'], { readonly state: State; readonly now: Time; readonly slots: number }>();

function activeSlots(state: State, now: Time): number {
  const before = known.get(state.agents);
  if (before?.state.yard === state.yard && before.now === now) return before.slots;
  const active = [...state.agents].filter((it) => !allowsNothing(it) && whyIdle(state, it, now) === undefined);
  const slots = active.reduce((sum, agent) => sum + agent.slots, 0);
  known.set(state.agents, { state, now, slots });
  return slots;
}
