/** What scheduling looks up again and again, worked out once per version of the jobs table. */
import { isHeld, type Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import type { Table } from '../table.ts';

export interface Board {
  readonly queued: readonly Job[];
  readonly held: readonly Job[];
  readonly heldBy: ReadonlyMap<string, readonly Job[]>;
  readonly groups: ReadonlyMap<string, Job>;
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
  for (const job of jobs) {
    if (job.status === 'queued') queued.push(job);
    else if (isHeld(job)) held.push(job);
  }
  const heldBy = new Map<string, Job[]>();
  const groups = new Map<string, Job>();
  for (const job of held) {
    if (job.agent !== null) {
      const others = heldBy.get(job.agent);
      if (others) others.push(job);
      else heldBy.set(job.agent, [job]);
    }
    if (job.group !== null) groups.set(job.group, job);
  }
  return { queued, held, heldBy, groups };
}
