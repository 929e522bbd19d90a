/** Which quotas of its namespace keep a job back, as words. Each comes free by itself, by jobs that end or with the next day, but for one of nothing at all. */
import type { Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { hasNamespaces, namespaceNamed, namespaceOf } from './namespace-of.ts';
import { nextDay, usageOf } from './usage.ts';

export interface ReachedQuota {
  readonly quota: 'running' | 'minutesPerDay';
  readonly text: string;
  readonly refs: readonly string[];
  /** When it comes free by itself, where the time alone says so. */
  readonly until: Time | null;
  /** It never comes free: somebody has to set it higher. */
  readonly isNothing: boolean;
}

export function reachedQuotas(state: Pick<State, 'yard' | 'jobs'>, job: Job, now: Time): readonly ReachedQuota[] {
  const { yard } = state;
  const name = hasNamespaces(yard) ? namespaceOf(yard, job) : null;
  const quotas = namespaceNamed(yard, name)?.quotas;
  if (name === null || quotas === undefined) return NONE;
  const { running, minutesPerDay } = quotas;
  if (running === null && minutesPerDay === null) return NONE;
  const usage = usageOf(state, name, now);
  const reached: ReachedQuota[] = [];
  if (running !== null && usage.running.length >= running) {
    const at = `namespace ${name} runs ${running === 1 ? 'one job' : `${running} jobs`} at a time`;
    const text = usage.running.length === 0 ? at : `${at}: now ${usage.running.slice(0, MOST_NAMES).join(', ')}`;
    const refs = usage.running.slice(0, MOST_NAMES);
    reached.push({ quota: 'running', text, refs, until: null, isNothing: running === 0 });
  }
  if (minutesPerDay !== null && usage.minutesToday >= minutesPerDay) {
    const isNothing = minutesPerDay === 0;
    const until = isNothing ? null : nextDay(now);
    const used = `namespace ${name} has used the ${minutesPerDay} build minutes of its day`;
    const text = until === null ? used : `${used}; it goes on at ${until}`;
    reached.push({ quota: 'minutesPerDay', text, refs: [], until, isNothing });
  }
  return reached;
}

const NONE: readonly ReachedQuota[] = [];
const MOST_NAMES = 5;

/** Why one more job of it cannot be taken in; undefined: it can. */
export function fullQueue(state: Pick<State, 'yard' | 'jobs'>, job: Job, now: Time): string | undefined {
  const name = hasNamespaces(state.yard) ? namespaceOf(state.yard, job) : null;
  const most = namespaceNamed(state.yard, name)?.quotas.queued ?? null;
  if (name === null || most === null) return undefined;
  const { queued } = usageOf(state, name, now);
  return queued < most ? undefined : `namespace ${name} may have ${most} waiting at a time, and has ${queued}`;
}
