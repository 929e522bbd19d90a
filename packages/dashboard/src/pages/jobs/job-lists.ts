/** The jobs of the snapshot as the page shows them: filtered, in sections or sorted, and counted. Pure. */
import { elapsedMs, type ReadModel, type Time } from '@gityard/domain';
import { isHeld, isStuck, type JobRow, jobTitle } from '../../rows.ts';
import { filterOf } from './filter.ts';

export const SORTS = {
  turn: 'In order of turn',
  newest: 'Newest first',
  oldest: 'Oldest first',
  priority: 'Priority, 1 first',
  longest: 'Longest first',
  name: 'By name',
} as const;
export type Sort = keyof typeof SORTS;

export interface Section {
  readonly name: 'Stuck' | 'Running' | 'Waiting' | 'Finished' | 'Jobs';
  readonly jobs: readonly JobRow[];
}

export interface Lists {
  readonly sections: readonly Section[];
  readonly found: readonly JobRow[];
  readonly all: number;
  readonly counts: Readonly<Record<'stuck' | 'held' | 'waiting' | 'failed' | 'finished', number>>;
}

export interface Wish {
  readonly filter: string;
  readonly sort: Sort;
}

export function jobLists(model: ReadModel, { filter, sort }: Wish, now: Time): Lists {
  const rows = [...model.jobs, ...model.finished];
  const found = rows.filter(filterOf(filter, model));
  const sections = sort === 'turn' ? byStanding(found) : [{ name: 'Jobs' as const, jobs: sorted(found, sort, now) }];
  return {
    sections: sections.filter(({ jobs }) => jobs.length > 0),
    found,
    all: rows.length,
    counts: {
      stuck: rows.filter(isStuckJob).length,
      held: rows.filter(isHeld).length,
      waiting: rows.filter(({ status }) => status === 'queued').length,
      failed: rows.filter(({ status }) => status === 'failed').length,
      finished: model.finished.length,
    },
  };
}

/** Those that need somebody first; each section as the snapshot has it: by turn, or newest first. */
function byStanding(found: readonly JobRow[]): readonly Section[] {
  const waits = (job: JobRow) => job.status === 'queued';
  return [
    { name: 'Stuck', jobs: found.filter(isStuckJob) },
    { name: 'Running', jobs: found.filter(isHeld) },
    { name: 'Waiting', jobs: found.filter((job) => waits(job) && !isStuck(job)) },
    { name: 'Finished', jobs: found.filter((job) => !waits(job) && !isHeld(job)) },
  ];
}

const isStuckJob = (job: JobRow): boolean => job.status === 'queued' && isStuck(job);

/** How long it took, takes, or has waited. */
export function spentMs({ status, submittedAt, startedAt, endedAt }: JobRow, now: Time): number {
  if (status === 'queued') return elapsedMs(submittedAt, now);
  return startedAt === null ? 0 : elapsedMs(startedAt, endedAt ?? now);
}

function sorted(found: readonly JobRow[], sort: Sort, now: Time): readonly JobRow[] {
  return [...found].sort(ORDERS[sort](now));
}

type Order = (now: Time) => (a: JobRow, b: JobRow) => number;

const since = (job: JobRow): number => Date.parse(job.endedAt ?? job.startedAt ?? job.submittedAt);

const ORDERS: Readonly<Record<Sort, Order>> = {
  turn: () => () => 0,
  newest: () => (a, b) => since(b) - since(a),
  oldest: () => (a, b) => since(a) - since(b),
  priority: () => (a, b) => a.priority - b.priority || since(a) - since(b),
  longest: (now) => (a, b) => spentMs(b, now) - spentMs(a, now),
  name: () => (a, b) => jobTitle(a).localeCompare(jobTitle(b)) || since(b) - since(a),
};
