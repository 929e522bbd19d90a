/** How much of the yard each namespace has now, and how much of its day is used: worked out once per version of the jobs and time. */
import { isHeld, type Job } from '../entities/job.ts';
import type { YardConfig } from '../entities/yard-config.ts';
import type { State } from '../state.ts';
import type { Table } from '../table.ts';
import { DAY_MS, type Time, toMs, toTime } from '../time.ts';
import { namespaceOf } from './namespace-of.ts';

export interface Usage {
  /** Parts of a job are work of that job: those who wait are not counted. */
  readonly queued: number;
  readonly running: readonly string[];
  /** Minutes of this day of UTC that agents held jobs of it; an attempt that runs counts as far as it has run. */
  readonly minutesToday: number;
}

const NOTHING: Usage = { queued: 0, running: [], minutesToday: 0 };

interface Known {
  readonly namespaces: YardConfig['namespaces'];
  readonly now: Time;
  readonly usages: ReadonlyMap<string, Usage>;
}
const known = new WeakMap<Table<Job>, Known>();

export function usageOf({ yard, jobs }: Pick<State, 'yard' | 'jobs'>, name: string, now: Time): Usage {
  const before = known.get(jobs);
  if (before?.now === now && before.namespaces === yard.namespaces) return before.usages.get(name) ?? NOTHING;
  const usages = usagesOf({ yard, jobs }, now);
  known.set(jobs, { namespaces: yard.namespaces, now, usages });
  return usages.get(name) ?? NOTHING;
}

function usagesOf({ yard, jobs }: Pick<State, 'yard' | 'jobs'>, now: Time): ReadonlyMap<string, Usage> {
  const usages = new Map<string, { queued: number; running: string[]; minutesToday: number }>();
  const span = { fromMs: dayOf(now), toMs: toMs(now) };
  for (const job of jobs) {
    const name = namespaceOf(yard, job);
    if (name === null) continue;
    const usage = usages.get(name) ?? { queued: 0, running: [], minutesToday: 0 };
    usages.set(name, usage);
    if (job.status === 'queued' && job.parent === null) usage.queued++;
    if (isHeld(job)) usage.running.push(job.id);
    usage.minutesToday += heldMs(job, span) / 60_000;
  }
  for (const { running } of usages.values()) running.sort();
  return usages;
}

function heldMs({ attempts }: Job, { fromMs, toMs: untilMs }: { fromMs: number; toMs: number }): number {
  return attempts.reduce((sum, { startedAt, endedAt }) => {
    const from = Math.max(fromMs, toMs(startedAt));
    const to = Math.min(untilMs, endedAt === null ? untilMs : toMs(endedAt));
    return to > from ? sum + (to - from) : sum;
  }, 0);
}

const dayOf = (now: Time): number => Math.floor(toMs(now) / DAY_MS) * DAY_MS;
export const nextDay = (now: Time): Time => toTime(dayOf(now) + DAY_MS);
