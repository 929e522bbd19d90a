/** Approvals come by their operation, from somebody whose word counts, one of each person; and what needs some runs with them. */
import { gatesOf } from '../approval/gates.ts';
import { mayApprove, missingApprovals } from '../approval/standing.ts';
import type { Approval } from '../entities/approval.ts';
import { currentAttempt, type Job } from '../entities/job.ts';
import { isSamePerson } from '../people/people.ts';
import { isNewlyHeld } from './job-claim.ts';
import { operationsOn, type Step, type Transition } from './rule.ts';
import { sameValue } from './same-value.ts';

export function approvalsComeByOperation({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!after || after.approvals.length === 0) return [];
  const added = after.approvals.filter((it) => !before?.approvals.some((known) => sameValue(known, it)));
  if (added.length === 0) return [];
  const isAsked = operationsOn(step, id).some((it) => GIVING.has(it.operation));
  if (!isAsked) return added.map(({ by }) => `the approval of job ${id} by ${by} came by no operation`);
  return added.flatMap((it) => strange(it, after, step));
}

const GIVING: ReadonlySet<string> = new Set(['approve', 'take-up', 'answer-command']);

/** By the settings on either side of the commit: nobody can say which came first. */
function strange(approval: Approval, job: Job, { before, after }: Step): string[] {
  const { by } = approval;
  const isAllowed = [before, after].some((state) =>
    gatesOf(state, job).some((gate) => mayApprove(state.yard, gate, job, by)),
  );
  const twice = job.approvals.some((it) => it !== approval && isSamePerson(after.yard, it.by, by));
  return [
    ...(isAllowed ? [] : [`job ${job.id} was approved by ${by}, who may not`]),
    ...(twice ? [`job ${job.id} was approved by ${by} twice`] : []),
  ];
}

/** Judged by the time of the claim: an approval may have its end. */
export function approvedFirst({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!after || !isNewlyHeld(before, after)) return [];
  const at = currentAttempt(after)?.startedAt;
  if (at === undefined) return [];
  const sides = [before && missingApprovals(step.before, before, at), missingApprovals(step.after, after, at)];
  return sides.every((it) => it === undefined || it.length > 0)
    ? [`job ${id} was claimed without the approvals that it needs`]
    : [];
}
