/**
 * How an objective stands: what was reached over its days, what is left of its error budget, and how fast that goes now. The
 * rate at which it burns is 1 when the budget would last just as long as its days. It burns when it did so over the whole of a time
 * and still does at the end of it ("Site Reliability Workbook", Google, 2018, chapter 5).
 */

import type { Job } from '../entities/job.ts';
import type { Objective } from '../entities/objective.ts';
import type { NeedsYou } from '../entities/read-model.ts';
import { counted } from '../glance.ts';
import type { State } from '../state.ts';
import { DAY_MS, type Time, toMs } from '../time.ts';
import { type Sample, samplesOf } from './samples.ts';

interface Burn {
  readonly hours: number;
  /** null: nothing happened in that time. */
  readonly rate: number | null;
  readonly bad: number;
  readonly of: number;
  readonly burning: boolean;
}

export interface ObjectiveView {
  readonly name: string;
  readonly kind: Objective['kind'];
  readonly says: string;
  readonly days: number;
  readonly good: number;
  readonly of: number;
  /** null: of none. */
  readonly percent: number | null;
  /** How many may go badly, of those that there were; and what share of them is left, below 0 when more did. */
  readonly budget: { readonly allowed: number; readonly used: number; readonly left: number | null };
  readonly fast: Burn;
  readonly slow: Burn;
  readonly state: 'met' | 'burning' | 'missed' | 'unknown';
}

const HOUR_MS = 3_600_000;

export const objectiveViews = (state: State, jobs: Iterable<Job>, now: Time): readonly ObjectiveView[] =>
  state.yard.objectives.map((it) => objectiveView(it, samplesOf(it, state, jobs, now), now));

export function objectiveView(objective: Objective, samples: readonly Sample[], now: Time): ObjectiveView {
  const { name, kind, percent: target, days, burning } = objective;
  const { good, bad, of } = count(samplesWithin(samples, days * DAY_MS, now));
  const allowed = (of * (100 - target)) / 100;
  const fast = burnOf(objective, samples, { hours: burning.fastHours, limit: burning.fastRate, now });
  const slow = burnOf(objective, samples, { hours: burning.slowHours, limit: burning.slowRate, now });
  const left = allowed === 0 ? null : 1 - bad / allowed;
  const isMissed = of > 0 && bad > allowed;
  return {
    name,
    kind,
    says: aimText(objective),
    days,
    good,
    of,
    percent: of === 0 ? null : (100 * good) / of,
    budget: { allowed, used: bad, left },
    fast,
    slow,
    state: fast.burning || slow.burning ? 'burning' : isMissed ? 'missed' : of === 0 ? 'unknown' : 'met',
  };
}

interface Window {
  readonly hours: number;
  readonly limit: number;
  readonly now: Time;
}

function burnOf({ percent, leastBad }: Objective, samples: readonly Sample[], { hours, limit, now }: Window): Burn {
  const within = samplesWithin(samples, hours * HOUR_MS, now);
  const { bad, of } = count(within);
  const budget = (100 - percent) / 100;
  // Of an objective of 80 % nothing burns faster than 5 times: where all goes badly, it burns.
  const burnsIn = (some: readonly Sample[]) => shareOfBad(some) >= Math.min(1, limit * budget);
  const burning = bad >= leastBad && burnsIn(within) && burnsIn(lately(within, { hours, now, least: leastBad }));
  return { hours, rate: of === 0 ? null : bad / of / budget, bad, of, burning };
}

/** The last twelfth of a time, or its last few where less happened: what is over stops burning, what is rare does not flicker. */
function lately(within: readonly Sample[], { hours, now, least }: Pick<Window, 'hours' | 'now'> & { least: number }) {
  const newest = within.map(({ atMs }) => atMs).sort((a, b) => b - a);
  const sinceMs = Math.min(toMs(now) - (hours * HOUR_MS) / 12, newest[least - 1] ?? Number.NEGATIVE_INFINITY);
  return within.filter(({ atMs }) => atMs >= sinceMs);
}

function samplesWithin(samples: readonly Sample[], spanMs: number, now: Time): readonly Sample[] {
  const nowMs = toMs(now);
  return samples.filter(({ atMs }) => atMs > nowMs - spanMs && atMs <= nowMs);
}

function count(samples: readonly Sample[]) {
  const good = samples.filter((it) => it.good).length;
  return { good, bad: samples.length - good, of: samples.length };
}

const shareOfBad = (samples: readonly Sample[]): number => count(samples).bad / Math.max(1, samples.length);

const aimText = ({ kind, percent, withinMinutes, days }: Objective): string =>
  kind === 'wait'
    ? `${percent} % of jobs begin within ${withinMinutes} min, over ${counted(days, 'day')}`
    : `${percent} % of builds succeed but for their own code, over ${counted(days, 'day')}`;

/** By the jobs of the state, which reach back far enough for both times. The words stay as they are while it burns. */
export function burningObjectives(state: State, now: Time): NeedsYou[] {
  if (state.yard.objectives.length === 0) return [];
  return objectiveViews(state, state.jobs, now).flatMap(({ name, says, state: how, fast }) => {
    const speed = fast.burning ? 'fast' : 'slowly but steadily';
    const text = `objective ${name} burns its error budget ${speed}: ${says}; gityard stats objectives tells more`;
    return how === 'burning' ? [{ code: 'objective-burning', text, refs: [name] }] : [];
  });
}
