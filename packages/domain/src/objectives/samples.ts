/** What an objective counts: jobs that went as they should and jobs that did not, each at the time when that was known. */

import { currentAttempt, isFinished, type Job } from '../entities/job.ts';
import type { Objective } from '../entities/objective.ts';
import { waitsSince } from '../scheduling/waiting.ts';
import { speaksOf } from '../speaks-of.ts';
import type { State } from '../state.ts';
import { type Time, toMs } from '../time.ts';

export interface Sample {
  readonly job: string;
  readonly atMs: number;
  readonly good: boolean;
}

/** What the work itself is to blame for, or what somebody did not want. */
const NOT_OURS: ReadonlySet<string | null> = new Set(['code', 'policy', 'cancelled']);

/** `jobs`: those of the state, and as many of the archive as somebody has read. Parts of a job are no jobs of anybody. */
export function samplesOf(objective: Objective, state: State, jobs: Iterable<Job>, now: Time): readonly Sample[] {
  const samples: Sample[] = [];
  const known = lookup(state, jobs);
  for (const job of jobs) {
    if (job.parent !== null || job.importedFrom !== undefined || !speaksOf(objective, job)) continue;
    const sample = objective.kind === 'wait' ? waitOf(objective, job, { state, known, now }) : endOf(job, known);
    if (sample) samples.push({ job: job.id, ...sample });
  }
  return samples;
}

type Judged = Omit<Sample, 'job'>;
type Lookup = (id: string) => Job | undefined;

/** A job may have needed, or have been split into, what lies in the archive by now. */
function lookup(state: Pick<State, 'jobs'>, jobs: Iterable<Job>): Lookup {
  if (jobs === state.jobs) return (id) => state.jobs.get(id);
  const all = new Map(Array.from(jobs, (it) => [it.id, it]));
  return (id) => state.jobs.get(id) ?? all.get(id);
}

function endOf(job: Job, known: Lookup): Judged | undefined {
  if (!isFinished(job) || job.status === 'cancelled' || job.endedAt === null) return undefined;
  if (job.status === 'failed' && isNotOurs(job, known)) return undefined;
  return { atMs: toMs(job.endedAt), good: job.status === 'succeeded' };
}

/** What was split failed as those of its parts did that failed first; the others were cancelled for it. */
function isNotOurs(job: Job, known: Lookup): boolean {
  const parts = (job.split?.children ?? []).flatMap((id) => known(id) ?? []).filter((it) => it.status === 'failed');
  const failed = parts.length > 0 ? parts : [job];
  return failed.every((it) => NOT_OURS.has(currentAttempt(it)?.cause ?? null));
}

interface Waiting {
  readonly state: State;
  readonly known: Lookup;
  readonly now: Time;
}

/** One that waits has failed it as soon as it has waited too long; until then nothing is known of it. */
function waitOf({ withinMinutes }: Objective, job: Job, { state, known, now }: Waiting): Judged | undefined {
  const limitMs = withinMinutes * 60_000;
  const [first] = job.attempts;
  if (first) {
    const claimedMs = toMs(first.startedAt);
    return { atMs: claimedMs, good: claimedMs - readyMs(job, known, claimedMs) <= limitMs };
  }
  if (job.status === 'expired' && job.endedAt !== null) return { atMs: toMs(job.endedAt), good: false };
  const since = waitsSince(state, job, now);
  const lateMs = since === null ? Number.POSITIVE_INFINITY : toMs(since) + limitMs;
  return lateMs <= toMs(now) ? { atMs: lateMs, good: false } : undefined;
}

/** Since when it waited for nothing but an agent: what it needed had ended, and people had let it go on. */
function readyMs({ submittedAt, queuedAt, needs }: Job, known: Lookup, claimedMs: number): number {
  const ends = needs.map((id) => known(id)?.endedAt);
  const times = [submittedAt, queuedAt, ...ends].flatMap((it) => (it ? [toMs(it)] : []));
  return Math.max(...times.filter((ms) => ms <= claimedMs));
}
