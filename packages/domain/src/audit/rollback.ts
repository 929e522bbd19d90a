/** What a branch can go back to must have been good, and what is said of it stays until the point is given up. */
import type { GoodBuild, Rollback } from '../entities/rollback.ts';
import { isBefore } from '../time.ts';
import { has, operationsOn, type Step, type Transition } from './rule.ts';
import { sameValue } from './same-value.ts';

export function pointsStay({ id, before, after }: Transition<Rollback>, step: Step): readonly string[] {
  if (!before) return [];
  if (!after) return [`shared/rollback/${id}.json vanished`];
  const now = new Map(after.points.map((it) => [it.tag, it]));
  return before.points.flatMap((point) => {
    const kept = now.get(point.tag);
    if (kept) return sameValue(point, kept) ? [] : [`rollback point ${point.tag} was changed`];
    return has(step, 'forget-rollback-points') ? [] : [`rollback point ${point.tag} vanished by no operation`];
  });
}

export function pointsAreGood({ before, after }: Transition<Rollback>, step: Step): readonly string[] {
  const known = new Set([...(before?.points ?? []), ...(before?.lastGood ?? [])].map((it) => it.job));
  const added = [...(after?.points ?? []), ...(after?.lastGood ?? [])].filter((it) => !known.has(it.job));
  return added
    .filter((it) => !mayBeGood(step, it))
    .map(({ job }) => `job ${job}, which did not succeed, was recorded as a good build of ${after?.branch}`);
}

/** A job that the yard does not know was built elsewhere; one that is tried again had an end before. */
function mayBeGood(step: Step, { job: id }: GoodBuild): boolean {
  const states = [step.before.jobs.get(id), step.after.jobs.get(id)].filter((it) => it !== undefined);
  const isRetried = operationsOn(step, id).some((it) => it.operation === 'retry');
  return states.length === 0 || isRetried || states.some((it) => it.status === 'succeeded');
}

export function lastGoodRises({ before, after }: Transition<Rollback>): readonly string[] {
  return (before?.lastGood ?? []).flatMap((was) => {
    const now = after?.lastGood.find((it) => it.repository === was.repository);
    if (!after || (now && !isBefore(now.builtAt, was.builtAt))) return [];
    return [`the last good build of ${after.branch} went back from ${was.job} to ${now?.job ?? 'none'}`];
  });
}
