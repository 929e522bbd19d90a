/** What scheduling looks up again and again, worked out once per version of the jobs table. */
import { isHeld, type Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import type { Table } from '../table.ts';
import { addToShares, type Share, type Shares } from './shares.ts';

export interface Board {
  readonly queued: readonly Job[];
  readonly held: readonly Job[];
  readonly succeeded: readonly Job[];
  readonly heldBy: ReadonlyMap<string, readonly Job[]>;
  /** Group → its held jobs. */
  readonly groups: ReadonlyMap<string, readonly Job[]>;
  /** Submitter → what it has. */
  readonly shares: Shares;
}

const boards = new WeakMap<Table<Job>, Board>();

export function boardOf(state: State): Board {
  const known = boards.get(state.jobs);
  if (known) return known;
  const board = makeBoard(state.jobs);
  boards.set(state.jobs, board);
  return board;
}

function makeBoard(jobs: Table<Job>): Board {
  const queued: Job[] = [];
  const held: Job[] = [];
  const succeeded: Job[] = [];
  const shares = new Map<string, Share>();
  for (const job of jobs) {
    const isRunning = isHeld(job);
    addToShares(shares, job, isRunning ? 1 : 0);
    if (job.status === 'queued') queued.push(job);
    else if (isRunning) held.push(job);
    else if (job.status === 'succeeded') succeeded.push(job);
  }
  return {
    queued,
    held,
    succeeded,
    shares,
    heldBy: listedBy(held, (job) => job.agent),
    groups: listedBy(held, (job) => job.group),
  };
}

function listedBy(jobs: readonly Job[], nameOf: (job: Job) => string | null): ReadonlyMap<string, readonly Job[]> {
  const lists = new Map<string, Job[]>();
  for (const job of jobs) {
    const name = nameOf(job);
    if (name === null) continue;
    const others = lists.get(name);
    if (others) others.push(job);
    else lists.set(name, [job]);
  }
  return lists;
}

/** How many jobs of a group may be held at once. */
export const groupLimit = ({ yard: { groups } }: Pick<State, 'yard'>, group: string): number =>
  (Object.hasOwn(groups, group) ? groups[group]?.limit : undefined) ?? 1;
