/**
 * What builds cost: the time that agents held them, attempts that were lost and failed included, by the rates of yard.json as
 * they are now. Amounts are never rounded here. Time of an agent without a rate costs nobody knows what, which is not nothing.
 */
import type { Attempt } from '../entities/attempt.ts';
import type { Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import { type Time, toMs } from '../time.ts';

export interface Cost {
  readonly currency: string;
  /** Of what is known; null: nothing is. */
  readonly amount: number | null;
  /** How long agents held it. */
  readonly seconds: number;
  /** How much of that no rate is known for. */
  readonly unknownSeconds: number;
}

type Rated = Pick<State, 'yard' | 'agents'>;

interface Span {
  readonly since?: Time | undefined;
  /** Until when what still runs has run. */
  readonly now: Time;
}

export function costOf(state: Rated, jobs: Iterable<Job>, span: Span): Cost {
  let [seconds, unknownSeconds, amount]: [number, number, number | null] = [0, 0, null];
  for (const { attempts } of jobs) {
    for (const attempt of attempts) {
      const held = heldSeconds(attempt, span);
      if (held === 0) continue;
      const rate = rateOf(state, attempt.agent);
      seconds += held;
      if (rate === null) unknownSeconds += held;
      else amount = (amount ?? 0) + (held * rate) / 3600;
    }
  }
  return { currency: state.yard.cost.currency, amount, seconds, unknownSeconds };
}

/** Clocks of two machines, and hands: nothing took less than no time. */
function heldSeconds({ startedAt, endedAt }: Attempt, { since, now }: Span): number {
  const from = Math.max(toMs(startedAt), since === undefined ? Number.NEGATIVE_INFINITY : toMs(since));
  const to = Math.min(toMs(endedAt ?? now), toMs(now));
  return Number.isFinite(to - from) ? Math.max(0, to - from) / 1000 : 0;
}

/** Of one that has left the yard only its own rate is known, or that of all others. null: nobody knows. */
export function rateOf({ yard, agents }: Rated, agentId: string): number | null {
  const { agents: ofAgents, labels, pools, others } = yard.cost;
  const agent = agents.get(agentId);
  const ofLabels = (agent?.labels ?? []).flatMap((it) => rateIn(labels, it) ?? []);
  const ofLabel = ofLabels.length === 0 ? undefined : Math.max(...ofLabels);
  return rateIn(ofAgents, agentId) ?? ofLabel ?? (agent && rateIn(pools, agent.pool)) ?? others;
}

/** A pool may be called like something that every object has. */
const rateIn = (rates: Readonly<Record<string, number>>, name: string): number | undefined =>
  Object.hasOwn(rates, name) ? rates[name] : undefined;
