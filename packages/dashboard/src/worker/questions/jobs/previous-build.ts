/**
 * The build of the same branch before a job that made something, from before what the snapshot holds: among the jobs that have
 * a file of their own still, the youngest first, and then in the records of those that went into the archive.
 */
import { attemptRecordFrom, type Job, jobFrom } from '@gityard/domain';
import { jsonIn } from '../json-in.ts';
import type { Reading } from '../question.ts';
import { idOf, placeAt } from '../state-files.ts';

export interface PreviousAsked {
  readonly job: Pick<Job, 'id' | 'repository' | 'branch' | 'submittedAt'>;
  readonly at: string | null;
}

const AT_ONCE = 8;
/** A request each, where they were never read before. */
const MOST_JOBS = 64;
const MOST_MONTHS = 2;

/** Its id; null: none, as far as was looked. */
export async function previousBuild(reading: Reading, { job, at }: PreviousAsked): Promise<string | null> {
  return (await amongJobs(reading, { job, at })) ?? (await amongRecords(reading, { job, at })) ?? null;
}

/** Ids of Gityard begin with their time. */
async function amongJobs(reading: Reading, { job, at }: PreviousAsked): Promise<string | undefined> {
  const place = placeAt(at);
  const entries = (await reading.tree(place, 'shared/jobs'))
    .filter(({ path }) => path.endsWith('.json') && idOf(path) < job.id)
    .sort((a, b) => (idOf(a.path) < idOf(b.path) ? 1 : -1))
    .slice(0, MOST_JOBS);
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const some = entries.slice(from, from + AT_ONCE);
    const jobs = (await reading.blobs(some, place)).map(({ bytes }) => jobFrom(jsonIn(bytes)));
    const found = jobs.find((it) => it.ok && isBefore(it.value, job) && (it.value.result?.artifacts ?? 0) > 0);
    if (found?.ok) return found.value.id;
  }
  return undefined;
}

type Built = Pick<Job, 'repository' | 'branch'> & { readonly status: string };

const isBefore = ({ repository, branch, status }: Built, job: PreviousAsked['job']): boolean =>
  status === 'succeeded' && repository === job.repository && branch === job.branch;

async function amongRecords(reading: Reading, { job, at }: PreviousAsked): Promise<string | undefined> {
  const month = job.submittedAt.slice(0, 'yyyy-mm'.length);
  const files = (await reading.tree(placeAt(at), 'shared/metrics'))
    .filter(({ path }) => (/(\d{4}-\d\d)(?:-\d+)?\.jsonl$/.exec(path)?.[1] ?? '9') <= month)
    .sort((a, b) => b.path.localeCompare(a.path, 'en', { numeric: true }))
    .slice(0, MOST_MONTHS);
  for (const { oid } of files) {
    const records = new TextDecoder()
      .decode(await reading.blob(oid))
      .split('\n')
      // Only lines that name it are looked at closely: there are thousands.
      .filter((line) => job.repository !== null && line.includes(JSON.stringify(job.repository)))
      .map((line) => attemptRecordFrom(jsonIn(line)))
      .flatMap((it) => (it.ok && isBefore(it.value, job) && it.value.artifacts > 0 ? [it.value] : []))
      .filter(({ startedAt, job: id }) => startedAt < job.submittedAt && id !== job.id)
      .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
    if (records[0]) return records[0].job;
  }
  return undefined;
}
