/**
 * Builds as they are listed: the newest first, those that were asked for, a page of them after another. Behind those of the state
 * come those of the archive, day by day of their end.
 */
import type { Job } from '../entities/job.ts';
import type { Time } from '../time.ts';
import { type BuildStatus, buildStatus } from './build-view.ts';
import { buildOfJob } from './job-of-build.ts';

interface BuildFilter {
  readonly status?: BuildStatus | undefined;
  /** Names of projects and people are compared without their case. */
  readonly project?: string | undefined;
  readonly branch?: string | undefined;
  readonly agent?: string | undefined;
  /** A name or an e-mail address. */
  readonly requester?: string | undefined;
}

/** Where a page ended: it never moves, whatever becomes of a build. */
export interface BuildMark {
  readonly createdAt: Time;
  readonly id: string;
  /** Of one in the archive: the day of its end. */
  readonly day?: string;
}

/** What ended on one day, long ago. */
export interface ArchivedDay {
  /** Of one form, so that days sort as texts. */
  readonly day: string;
  jobs(): readonly Pick<Job, 'submittedAt' | 'id'>[];
  /** undefined: it cannot be read. */
  read(id: string): Job | undefined;
}

export interface BuildPage {
  readonly jobs: readonly Job[];
  /** null: there are no more. */
  readonly next: BuildMark | null;
}

interface Asked {
  readonly filter: BuildFilter;
  readonly after: BuildMark | null;
  readonly limit: number;
  /** The newest day first. Not looked at before all the others were. */
  readonly archive?: Iterable<ArchivedDay>;
}

/** Of the archive, for one page: who looks for what is rare there gets a short page, and may ask for the next. */
const MOST_READ = 500;

export function buildPage(jobs: Jobs, { filter, after, limit, archive = [] }: Asked): BuildPage {
  const page: Job[] = [];
  let [end, last, read] = [after, after, 0];
  for (const { mark, job } of candidates(jobs, { after, archive })) {
    if (mark.day !== undefined && ++read > MOST_READ) return { jobs: page, next: last };
    last = mark;
    const found = job();
    if (!found || !isBuild(found) || !fits(found, filter)) continue;
    if (page.length === limit) return { jobs: page, next: end };
    page.push(found);
    end = mark;
  }
  return { jobs: page, next: null };
}

type Jobs = Iterable<Job> & { has(id: string): boolean };

interface Candidate {
  readonly mark: BuildMark;
  job(): Job | undefined;
}

function* candidates(jobs: Jobs, { after, archive }: Pick<Asked, 'after'> & { archive: Iterable<ArchivedDay> }) {
  const isLater = ({ submittedAt, id }: Ordered): boolean =>
    after === null || order({ submittedAt, id }, { submittedAt: after.createdAt, id: after.id }) > 0;
  if (after?.day === undefined)
    for (const job of newestFirst(jobs)) if (isLater(job)) yield candidate(job, { job: () => job });
  for (const { day, jobs: ended, read } of archive) {
    if (after?.day !== undefined && day > after.day) continue;
    const left = day === after?.day ? ended().filter(isLater) : ended();
    // What went into the archive while somebody pages through the list as it was stands there already.
    for (const it of [...left].sort(order)) if (!jobs.has(it.id)) yield candidate(it, { day, job: () => read(it.id) });
  }
}

const candidate = (
  { submittedAt, id }: Ordered,
  { job, day }: { readonly day?: string; job(): Job | undefined },
): Candidate => ({ mark: { createdAt: submittedAt, id, ...(day !== undefined && { day }) }, job });

const known = new WeakMap<object, readonly Job[]>();

function newestFirst(jobs: Jobs): readonly Job[] {
  const sorted = known.get(jobs) ?? [...jobs].filter(isBuild).sort(order);
  known.set(jobs, sorted);
  return sorted;
}

/** Parts of a build are shown with it alone, and tasks are no builds. */
const isBuild = ({ parent, task, update }: Job): boolean => parent === null && task === null && !update;

type Ordered = Pick<Job, 'submittedAt' | 'id'>;

/** Stamps of one form sort as texts; of two at one time the later id is the newer. */
function order(a: Ordered, b: Ordered): number {
  if (a.submittedAt !== b.submittedAt) return a.submittedAt > b.submittedAt ? -1 : 1;
  return a.id === b.id ? 0 : a.id > b.id ? -1 : 1;
}

function fits(job: Job, { status, project, branch, agent, requester }: BuildFilter): boolean {
  if (status !== undefined && buildStatus(job) !== status) return false;
  if (branch !== undefined && job.branch !== branch) return false;
  if (agent !== undefined && !job.attempts.some((it) => it.agent === agent)) return false;
  if (project === undefined && requester === undefined) return true;
  const { projectName, requesterEmail } = buildOfJob(job);
  if (project !== undefined && !isSame(projectName, project)) return false;
  return requester === undefined || [job.submittedBy, requesterEmail ?? ''].some((it) => isSame(it, requester));
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
