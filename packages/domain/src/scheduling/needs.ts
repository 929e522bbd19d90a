/** Dependencies between jobs: what a job still waits for, and whether it would wait for itself. */
import { isFinished, type Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import { boardOf } from './board.ts';

export interface Unmet {
  readonly id: string;
  readonly job: Job | undefined;
  /** Lost for good unless someone retries it. */
  readonly failed: boolean;
}

export function unmetNeeds(state: State, job: Job): readonly Unmet[] {
  return job.needs
    .map((id) => ({ id, job: state.jobs.get(id) }))
    .filter((need) => need.job?.status !== 'succeeded')
    .map(({ id, job: need }) => ({
      id,
      job: need,
      failed: need !== undefined && isFinished(need),
    }));
}

/** The jobs of the shortest cycle that this job waits in, in order; empty when there is none. */
export function cycleThrough(state: State, job: Job): readonly string[] {
  // With a list of its own instead of a recursion: a chain of needs may be longer than the stack is deep.
  const neededBy = new Map(job.needs.map((need) => [need, job.id]));
  for (const id of neededBy.keys()) {
    if (id === job.id) return wayBack(neededBy, id);
    for (const need of state.jobs.get(id)?.needs ?? []) if (!neededBy.has(need)) neededBy.set(need, id);
  }
  return [];
}

function wayBack(neededBy: ReadonlyMap<string, string>, start: string): readonly string[] {
  const path: string[] = [];
  for (let at = neededBy.get(start); at !== undefined && at !== start; at = neededBy.get(at)) path.unshift(at);
  return [start, ...path];
}

const knots = new WeakMap<State['jobs'], ReadonlySet<string>>();

/** The few queued jobs that are in a cycle or behind one, found in one pass: only these are worth a search of their own. */
export function mayWaitForItself(state: State, job: Job): boolean {
  const known = knots.get(state.jobs) ?? knotted(boardOf(state).queued);
  knots.set(state.jobs, known);
  return known.has(job.id);
}

/** Takes away, again and again, what waits for nothing that is left. What stays is knotted. */
function knotted(queued: readonly Job[]): ReadonlySet<string> {
  const waiting = queued.filter((job) => job.needs.length > 0);
  const open = new Map(waiting.map((job) => [job.id, job.needs.length]));
  const dependents = dependentsOf(waiting);
  const free = new Set([...dependents.keys()].filter((id) => !open.has(id)));
  for (const id of free) {
    for (const dependent of dependents.get(id) ?? []) {
      const left = (open.get(dependent) ?? 0) - 1;
      open.set(dependent, left);
      if (left === 0) free.add(dependent);
    }
  }
  return new Set([...open].filter(([, left]) => left > 0).map(([id]) => id));
}

function dependentsOf(jobs: readonly Job[]): ReadonlyMap<string, readonly string[]> {
  const dependents = new Map<string, string[]>();
  for (const { id, needs } of jobs) {
    for (const need of needs) {
      const list = dependents.get(need);
      if (list) list.push(id);
      else dependents.set(need, [id]);
    }
  }
  return dependents;
}
