/** Builds as they are listed: the newest first, those that were asked for, a page of them after another. */
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
}

export function buildPage(jobs: Iterable<Job> & object, { filter, after, limit }: Asked): BuildPage {
  const page: Job[] = [];
  const mark = after && { submittedAt: after.createdAt, id: after.id };
  for (const job of newestFirst(jobs)) {
    if ((mark !== null && order(job, mark) <= 0) || !fits(job, filter)) continue;
    const last = page.at(-1);
    if (last && page.length === limit) return { jobs: page, next: { createdAt: last.submittedAt, id: last.id } };
    page.push(job);
  }
  return { jobs: page, next: null };
}

const known = new WeakMap<object, readonly Job[]>();

/** Parts of a build are shown with it alone, and tasks are no builds. */
function newestFirst(jobs: Iterable<Job> & object): readonly Job[] {
  const sorted = known.get(jobs) ?? [...jobs].filter((it) => it.parent === null && it.task === null).sort(order);
  known.set(jobs, sorted);
  return sorted;
}

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
