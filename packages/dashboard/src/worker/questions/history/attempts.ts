/**
 * Every attempt to build that ended in a span of time, each once: those of `shared/metrics`, which stand in a few large
 * files, those of the last jobs, which the snapshot holds, and those of jobs that have a file of their own still. The last
 * cost a request each, so only so many of them are read as the page allows, and how many were not is told.
 */
import { type AttemptRecord, attemptRecordFrom, jobFrom, type ReadModel, recordsOf, toMs } from '@gityard/domain';
import type { TreeEntry } from '../../sources/source.ts';
import { jsonIn } from '../json-in.ts';
import type { Reading } from '../question.ts';
import { type Broken, idOf, placeAt, type StateFile } from '../state-files.ts';

export interface Attempt {
  readonly job: string;
  readonly attempt: number;
  readonly agent: string;
  readonly repository: string | null;
  readonly branch: string | null;
  /** null: the snapshot does not say. */
  readonly strategy: string | null;
  readonly status: AttemptRecord['status'];
  readonly cause: string | null;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly seconds: number;
}

export interface Wanted {
  /** The commit; '' = as it is now. */
  readonly at: string;
  readonly span: Span;
  readonly mostJobs: number;
}
export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}
export interface Attempts {
  readonly attempts: readonly Attempt[];
  /** Jobs whose files were not read: they may have ended in that time. */
  readonly unread: number;
  readonly broken: readonly Broken[];
}

export async function attemptsIn(reading: Reading, { at, span, mostJobs }: Wanted): Promise<Attempts> {
  const place = placeAt(at);
  const [metrics, jobs] = await Promise.all([
    reading.tree(place, 'shared/metrics'),
    reading.tree(place, 'shared/jobs'),
  ]);
  const lines = (await reading.blobs(metrics.filter(isOfMonths(span)), place)).map(linesOf);
  const rows = reading.model?.finished ?? [];
  const known = new Set([...rows, ...(reading.model?.jobs ?? [])].map(({ id }) => id));
  const files = jobs.filter(({ path }) => path.endsWith('.json')).sort(newestFirst);
  const read = (await reading.blobs(files.slice(0, mostJobs), place)).map(attemptsOfJob);
  const all = [...read.flatMap((it) => it.attempts), ...lines.flatMap((it) => it.attempts), ...rows.flatMap(ofRow)];
  // Of two the first knows more.
  const once = new Map(all.reverse().map((it) => [`${it.job} ${it.attempt}`, it]));
  return {
    attempts: [...once.values()]
      .filter(({ endedMs }) => endedMs >= span.fromMs && endedMs <= span.untilMs)
      .sort((a, b) => a.endedMs - b.endedMs),
    unread: files.slice(mostJobs).filter(({ path }) => !known.has(idOf(path))).length,
    broken: [...lines, ...read].flatMap((it) => it.broken),
  };
}

type Some = Omit<Attempts, 'unread'>;

/** A file is named after the month in which its attempts ended. */
function isOfMonths({ fromMs, untilMs }: Span): (entry: TreeEntry) => boolean {
  const month = (ms: number) => new Date(ms).toISOString().slice(0, 'yyyy-mm'.length);
  return ({ path }) => {
    const of = /^shared\/metrics\/(\d{4}-\d\d)(?:-\d+)?\.jsonl$/.exec(path)?.[1];
    return of !== undefined && of >= month(fromMs) && of <= month(untilMs);
  };
}

/** Ids begin with their time. */
const newestFirst = (a: TreeEntry, b: TreeEntry): number => (idOf(a.path) < idOf(b.path) ? 1 : -1);

function linesOf({ path, bytes }: StateFile): Some {
  const attempts: Attempt[] = [];
  const broken: Broken[] = [];
  for (const [index, line] of new TextDecoder().decode(bytes).split('\n').entries()) {
    if (line.trim() === '') continue;
    const record = attemptRecordFrom(jsonIn(line));
    if (record.ok) attempts.push(ofRecord(record.value));
    else broken.push({ path: `${path} line ${index + 1}`, reason: record.reason });
  }
  return { attempts, broken };
}

function attemptsOfJob({ path, bytes }: StateFile): Some {
  const job = jobFrom(jsonIn(bytes));
  if (!job.ok) return { attempts: [], broken: [{ path, reason: job.reason }] };
  return { attempts: recordsOf(job.value, undefined).map(ofRecord), broken: [] };
}

function ofRecord(record: AttemptRecord): Attempt {
  const { job, attempt, agent, repository, branch, strategy, status, cause, seconds } = record;
  const startedMs = toMs(record.startedAt);
  const endedMs = startedMs + seconds * 1000;
  return { job, attempt, agent, repository, branch, strategy, status, cause, startedMs, endedMs, seconds };
}

/** Of a job with several attempts the snapshot knows the last. */
function ofRow(row: ReadModel['finished'][number]): Attempt[] {
  const { id: job, attempt, agent, repository, branch, status, startedAt, endedAt, parent } = row;
  if (agent === null || startedAt === null || endedAt === null || parent !== null) return [];
  if (status !== 'succeeded' && status !== 'failed' && status !== 'cancelled') return [];
  const [startedMs, endedMs] = [toMs(startedAt), toMs(endedAt)];
  if (!Number.isFinite(startedMs) || !Number.isFinite(endedMs)) return [];
  const seconds = Math.max(0, endedMs - startedMs) / 1000;
  return [
    { job, attempt, agent, repository, branch, strategy: null, status, cause: null, startedMs, endedMs, seconds },
  ];
}
