/**
 * What became of builds between two looks at a yard, each thing once: what counters count. A look may come late and find only
 * how things ended, and what is gone into the archive already; it may find the same again, or an older state. So what was told
 * is remembered by job and number of the attempt, which never come again.
 *
 * A build is what a record tells of (`records-of.ts`): each try of a job. One that is split goes on until its parts have been
 * put together, or until one of them failed; the parts are no builds of their own. What was there at the first look, and what
 * is brought in although it ended long before (an import, a history that was put back), is known and never told.
 */
import type { Attempt, Cause } from '../entities/attempt.ts';
import type { AttemptRecord } from '../entities/attempt-record.ts';
import { isFinished, type Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import type { Table } from '../table.ts';
import { elapsedMs, type Time, toMs } from '../time.ts';
import { type MetricsFile, recordsIn } from './metrics-file.ts';
import { recordsOf } from './records-of.ts';

export type BuildTick = BuildStarted | BuildEnded;

interface BuildStarted {
  readonly kind: 'started';
  readonly strategy: Job['strategy'];
  readonly agent: string;
  /** null: nobody knows. */
  readonly waitedSeconds: number | null;
}
interface BuildEnded {
  readonly kind: 'ended';
  readonly strategy: Job['strategy'];
  readonly agent: string;
  readonly outcome: AttemptRecord['status'];
  readonly cause: Cause | null;
  readonly seconds: number;
  /** Those that ran to an end. Of what is in the archive already nobody knows them. */
  readonly stages: readonly { readonly name: string; readonly seconds: number }[];
}

/** Numbers of attempts that are told, or known from before. */
interface Mark {
  readonly begun: Set<number>;
  readonly ended: Set<number>;
}

/** Clocks of two machines may differ by so much (INTERFACE §2). */
const SLACK_MS = 10 * 60_000;
/** Of jobs that are gone, so that what somebody puts back is known. */
const MOST_GONE = 50_000;

export class BuildWatch {
  readonly #marks = new Map<string, Mark>();
  /** Looked at: nothing is left to tell of them. */
  readonly #done = new WeakSet<Job>();
  #files: Table<MetricsFile> | undefined;
  #lookedAt: Time | undefined;

  /** In no order. */
  look({ jobs, metrics }: Pick<State, 'jobs' | 'metrics'>, now: Time): readonly BuildTick[] {
    const since = this.#lookedAt;
    const isNews = (atMs: number): boolean => since !== undefined && atMs >= toMs(since) - SLACK_MS;
    const ticks: BuildTick[] = [];
    for (const job of jobs) {
      if (this.#done.has(job)) continue;
      this.#done.add(job);
      if (job.parent === null) ticks.push(...this.#ofJob(job, isNews));
    }
    for (const record of newRecords(this.#files, metrics)) ticks.push(...this.#ofRecord(record, isNews));
    this.#files = metrics;
    this.#lookedAt = now;
    this.#forget(jobs);
    return since === undefined ? [] : ticks;
  }

  #ofJob(job: Job, isNews: (atMs: number) => boolean): BuildTick[] {
    const known = this.#marks.get(job.id);
    const mark = known ?? this.#mark(job.id);
    const isTold = (at: Time): boolean => known !== undefined || isNews(toMs(at));
    const ticks: BuildTick[] = [];
    for (const [at, attempt] of job.attempts.entries()) {
      const { number, startedAt } = attempt;
      const before = job.attempts[at - 1];
      const goesOn = before?.status === 'split' && !mark.ended.has(before.number);
      if (!mark.begun.has(number) && !goesOn && isTold(startedAt)) ticks.push(startedOf(job, at, attempt));
      mark.begun.add(number);
      const ended = mark.ended.has(number) ? undefined : endedOf(job, attempt);
      if (!ended) continue;
      if (isTold(ended.at)) ticks.push(ended.tick);
      mark.ended.add(number);
    }
    return ticks;
  }

  #ofRecord(record: AttemptRecord, isNews: (atMs: number) => boolean): BuildTick[] {
    const { job, attempt, startedAt, seconds } = record;
    const mark = this.#marks.get(job) ?? this.#mark(job);
    // Of a job that we know there may be lines from before our first look.
    const isTold = mark.begun.has(attempt) || isNews(toMs(startedAt) + seconds * 1000);
    const ticks: BuildTick[] = [];
    if (isTold && !mark.begun.has(attempt)) ticks.push(begunAs(record));
    if (isTold && !mark.ended.has(attempt)) ticks.push({ ...endedAs(record), stages: [] });
    mark.begun.add(attempt);
    mark.ended.add(attempt);
    return ticks;
  }

  #mark(job: string): Mark {
    const mark = { begun: new Set<number>(), ended: new Set<number>() };
    this.#marks.set(job, mark);
    return mark;
  }

  #forget(jobs: Table<Job>): void {
    let over = this.#marks.size - jobs.size - MOST_GONE;
    if (over <= 0) return;
    for (const id of this.#marks.keys()) {
      if (jobs.has(id)) continue;
      this.#marks.delete(id);
      if (--over <= 0) return;
    }
  }
}

function startedOf(job: Job, at: number, { agent, startedAt }: Attempt): BuildStarted {
  const waitedSince = job.attempts[at - 1]?.endedAt ?? job.submittedAt;
  const waited = Math.max(0, elapsedMs(waitedSince, startedAt) / 1000);
  const waitedSeconds = Number.isFinite(waited) ? waited : null;
  return { kind: 'started', strategy: job.strategy, agent, waitedSeconds };
}

/** Undefined: it goes on. */
function endedOf(job: Job, attempt: Attempt): { tick: BuildEnded; at: Time } | undefined {
  const { number, endedAt, agent, startedAt } = attempt;
  const record = recordsOf(job, undefined).find((it) => it.attempt === number);
  if (record) {
    const stages = attempt.stages.flatMap((it) => timeOf(it));
    return { tick: { ...endedAs(record), stages }, at: endedAt ?? startedAt };
  }
  // Its parts ended it: nobody put them together.
  if (attempt.status !== 'split' || !isFinished(job) || job.attempts.at(-1) !== attempt) return undefined;
  const at = job.endedAt ?? startedAt;
  const seconds = Math.max(0, elapsedMs(startedAt, at) / 1000) || 0;
  const outcome = job.status === 'cancelled' ? 'cancelled' : 'failed';
  const cause = job.status === 'cancelled' ? 'cancelled' : 'code';
  return { tick: { kind: 'ended', strategy: job.strategy, agent, outcome, cause, seconds, stages: [] }, at };
}

function timeOf({ name, status, startedAt, endedAt }: Attempt['stages'][number]): BuildEnded['stages'] {
  const isOver = status === 'Succeeded' || status === 'Failed';
  if (!isOver || startedAt === null || endedAt === null) return [];
  const seconds = elapsedMs(startedAt, endedAt) / 1000;
  return Number.isFinite(seconds) ? [{ name, seconds: Math.max(0, seconds) }] : [];
}

const begunAs = ({ strategy, agent, queuedSeconds }: AttemptRecord): BuildStarted => ({
  kind: 'started',
  strategy,
  agent,
  waitedSeconds: queuedSeconds,
});

const endedAs = ({ strategy, agent, status, cause, seconds }: AttemptRecord): Omit<BuildEnded, 'stages'> => ({
  kind: 'ended',
  strategy,
  agent,
  outcome: status,
  cause,
  seconds,
});

/** Files only grow; what does not go on as it was is read anew, and what is known of it is not told again. */
function newRecords(before: Table<MetricsFile> | undefined, now: Table<MetricsFile>): readonly AttemptRecord[] {
  if (before === undefined || before === now) return [];
  return [...now].flatMap((file) => {
    const old = before.get(file.id);
    if (old === file || old?.sizeBytes === file.sizeBytes) return [];
    const [was, is] = [old?.text() ?? '', file.text() ?? ''];
    return recordsIn({ ...file, text: () => (is.startsWith(was) ? is.slice(was.length) : is) }).records;
  });
}
