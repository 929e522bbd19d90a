/** What must be so when a job gets a holder, its needs, its group and its locks, and what when the holder lets it go. */
import { isHeld, type Job } from '../entities/job.ts';
import { boardOf } from '../scheduling/board.ts';
import { lockHolderOf } from '../scheduling/lock-room.ts';
import type { State } from '../state.ts';
import { has, isByHand, type Step, type Transition } from './rule.ts';

export function needsCameFirst({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!after || !isNewlyHeld(before, after)) return [];
  return after.needs
    .filter((need) => !succeeded(step.after, need) && !succeeded(step.before, need))
    .map((need) => `job ${id} was claimed before job ${need}, which it needs, had succeeded`);
}

const succeeded = (state: State, id: string): boolean => state.jobs.get(id)?.status === 'succeeded';

/** Looks through all jobs, and therefore only when a job of a group is claimed. */
export function groupRunsOne({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!after || after.group === null || !isNewlyHeld(before, after)) return [];
  return otherOfGroup(after, step.after).map(
    (other) => `job ${id} was claimed while ${other} held group ${after.group}`,
  );
}

export function groupsRunOne(state: State): readonly string[] {
  const running = new Map<string, string>();
  return boardOf(state).held.flatMap(({ id, group }) => {
    const first = group === null ? undefined : running.get(group);
    if (group !== null) running.set(group, first ?? id);
    return first === undefined ? [] : [`jobs ${first} and ${id} run at once in group ${group}`];
  });
}

function otherOfGroup(job: Job, state: State): readonly string[] {
  for (const other of state.jobs)
    if (other.id !== job.id && other.group === job.group && isHeld(other)) return [other.id];
  return [];
}

/** A claim takes all locks of the job, and while it is held nothing but a break takes one away. */
export function keepsItsLocks({ before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!after || !isNewlyHeld(before, after) || has(step, 'break', 'take-up')) return [];
  return after.locks
    .filter((name) => !holds(step.after, name, after))
    .map((name) => `job ${after.id} is ${after.status} without its lock ${name}`);
}

export const holds = (state: State, lock: string, job: Job): boolean =>
  state.locks.get(lock)?.holders.some((it) => it.holder === lockHolderOf(job)) ?? false;

/** Who lets a job go frees its locks in the same commit; a person who sets a job back may forget them. */
export function givesLocksBack({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!before || !after || isByHand(step) || !isHeld(before) || isHeld(after)) return [];
  return after.locks
    .filter((name) => holds(step.after, name, after))
    .map((name) => `job ${id} was let go with lock ${name}`);
}

const isNewlyHeld = (before: Job | undefined, after: Job): boolean =>
  isHeld(after) && (!before || !isHeld(before) || before.token !== after.token);
