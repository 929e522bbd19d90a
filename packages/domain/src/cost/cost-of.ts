/**
 * What builds cost: the time that agents held them, attempts that were lost and failed included, by the rates that yard.json has
 * for that time. Amounts are never rounded here. Time of an agent without a rate costs nobody knows what, which is not nothing.
 */
import type { Attempt } from '../entities/attempt.ts';
import type { Rates } from '../entities/cost-settings.ts';
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
  /** Until when what still runs has run; nothing that came later counts. */
  readonly now: Time;
}

export function costOf(state: Rated, jobs: Iterable<Job>, span: Span): Cost {
  let [seconds, unknownSeconds, amount]: [number, number, number | null] = [0, 0, null];
  const tariffs = tariffsIn(state, span);
  for (const { attempts } of jobs) {
    for (const attempt of attempts) {
      for (const { rates, ...time } of tariffs) {
        const held = heldSeconds(attempt, time);
        if (held === 0) continue;
        const rate = rateOf(state, attempt.agent, rates);
        seconds += held;
        if (rate === null) unknownSeconds += held;
        else amount = (amount ?? 0) + (held * rate) / 3600;
      }
    }
  }
  return { currency: state.yard.cost.currency, amount, seconds, unknownSeconds };
}

interface Tariff {
  readonly rates: Rates;
  readonly fromMs: number;
  readonly toMs: number;
}

/** One after the other, each with its part of the span. */
function tariffsIn({ yard: { cost } }: Pick<State, 'yard'>, { since, now }: Span): readonly Tariff[] {
  const former = cost.former.map(({ until, ...rates }) => ({ rates, untilMs: toMs(until) }));
  const all = [...former.sort((a, b) => a.untilMs - b.untilMs), { rates: cost, untilMs: Number.POSITIVE_INFINITY }];
  let fromMs = since === undefined ? Number.NEGATIVE_INFINITY : toMs(since);
  return all.map(({ rates, untilMs }) => {
    const tariff = { rates, fromMs, toMs: Math.min(untilMs, toMs(now)) };
    fromMs = Math.max(fromMs, untilMs);
    return tariff;
  });
}

/** Clocks of two machines, and hands: nothing took less than no time. */
function heldSeconds({ startedAt, endedAt }: Attempt, { fromMs, toMs: untilMs }: Omit<Tariff, 'rates'>): number {
  const from = Math.max(toMs(startedAt), fromMs);
  const to = Math.min(endedAt === null ? untilMs : toMs(endedAt), untilMs);
  return Number.isFinite(to - from) ? Math.max(0, to - from) / 1000 : 0;
}

/** Of one that has left the yard only its own rate is known, or that of all others. null: nobody knows. */
export function rateOf({ agents }: Rated, agentId: string, rates: Rates): number | null {
  const { agents: ofAgents, labels, pools, others } = rates;
  const agent = agents.get(agentId);
  const ofLabels = (agent?.labels ?? []).flatMap((it) => rateIn(labels, it) ?? []);
  const ofLabel = ofLabels.length === 0 ? undefined : Math.max(...ofLabels);
  return rateIn(ofAgents, agentId) ?? ofLabel ?? (agent && rateIn(pools, agent.pool)) ?? others;
}

/** A pool may be called like something that every object has. */
const rateIn = (rates: Readonly<Record<string, number>>, name: string): number | undefined =>
  Object.hasOwn(rates, name) ? rates[name] : undefined;
