/** What must be so when a job gets a holder, its needs, its group and its locks, and what when the holder lets it go. */
import { currentAttempt, isHeld, type Job } from '../entities/job.ts';
import { namespaceNamed, namespaceOf } from '../namespaces/namespace-of.ts';
import { boardOf, groupLimit } from '../scheduling/board.ts';
import { lockHolderOf } from '../scheduling/lock-room.ts';
import { inForce, queuePauseOf } from '../scheduling/pauses.ts';
import type { State } from '../state.ts';
import { has, isByHand, operationsOn, type Step, type Transition } from './rule.ts';

export function needsCameFirst({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!after || !isNewlyHeld(before, after)) return [];
  return after.needs
    .filter((need) => !succeeded(step.after, need) && !succeeded(step.before, need))
    .map((need) => `job ${id} was claimed before job ${need}, which it needs, had succeeded`);
}

const succeeded = (state: State, id: string): boolean => state.jobs.get(id)?.status === 'succeeded';

/** Only when a job is claimed: what runs goes on running when a team sets the limit lower. */
export function groupKeepsLimit({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!after || after.group === null || !isNewlyHeld(before, after)) return [];
  const others = (boardOf(step.after).groups.get(after.group) ?? []).filter((it) => it.id !== id);
  // Where the limit itself was changed in the same commit, nobody can say which came first.
  const limit = Math.max(groupLimit(step.before, after.group), groupLimit(step.after, after.group));
  if (others.length < limit) return [];
  return [`job ${id} was claimed while ${others.map((it) => it.id).join(', ')} held group ${after.group}`];
}

/** Only when a job is claimed, by the more generous of the settings on either side, as for groups. */
export function quotaIsKept({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!after || !isNewlyHeld(before, after)) return [];
  const sides = [step.before, step.after].map((state): Side => {
    const name = namespaceOf(state.yard, after);
    return { name, most: namespaceNamed(state.yard, name)?.quotas.running ?? Number.POSITIVE_INFINITY };
  });
  const [generous] = sides.sort((a, b) => b.most - a.most);
  if (!generous || generous.most === Number.POSITIVE_INFINITY) return [];
  const others = boardOf(step.after).held.filter(
    (it) => it.id !== id && namespaceOf(step.after.yard, it) === generous.name,
  );
  if (others.length < generous.most) return [];
  return [`job ${id} was claimed while ${others.length} jobs of namespace ${generous.name} ran`];
}

interface Side {
  readonly name: string | null;
  readonly most: number;
}

/** Judged by the time of the claim: a pause may have its end set. */
export function isNotPaused({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!before || !after || !isNewlyHeld(before, after)) return [];
  const attempt = currentAttempt(after);
  if (!attempt) return [];
  const { agent, startedAt } = attempt;
  const own =
    inForce(before.paused, startedAt) &&
    ![id, before.parent].some((of) => of !== null && operationsOn(step, of).some((it) => it.operation === 'unpause'));
  const holder = step.before.agents.get(agent) ?? step.after.agents.get(agent);
  // A pause or a resume in the same commit may have come before it or after.
  const queue = [step.before, step.after].every((it) => holder && queuePauseOf(it, holder, startedAt));
  return [
    ...(own ? [`job ${id} was claimed while it was paused`] : []),
    ...(queue ? [`job ${id} was claimed by ${agent}, whose queue was paused`] : []),
  ];
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

export const isNewlyHeld = (before: Job | undefined, after: Job): boolean =>
  isHeld(after) && (!before || !isHeld(before) || before.token !== after.token);
