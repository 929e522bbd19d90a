/** A job ends once under a token. What has ended is frozen, until a retry opens it again. */
import { currentAttempt, isFinished, isHeld, type Job } from '../entities/job.ts';
import { expiresAt } from '../scheduling/waiting.ts';
import { isBefore } from '../time.ts';
import { has, isByHand, operationsOn, type Step, type Transition } from './rule.ts';
import { sameValue } from './same-value.ts';

export const endHasTime = (job: Job): readonly string[] =>
  isFinished(job) && job.endedAt === null ? [`job ${job.id} is ${job.status} without a time of its end`] : [];

export function endIsFinal({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!before || !after || !isFinished(before) || isReopened(id, step)) return [];
  if (!isFinished(after)) return [`job ${id} had ${before.status} and was opened without a retry`];
  return sameValue(endOf(before), endOf(after)) ? [] : [`job ${id} had ${before.status} and ended again`];
}

/** Who ends a held job ends its attempt; a person may set a job back and leave the attempt as it was. */
export function endClosesAttempt({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!before || !after || isByHand(step) || !isHeld(before) || isHeld(after)) return [];
  const ended = currentAttempt(after)?.endedAt ?? null;
  return ended === null ? [`job ${id} was let go, but its attempt goes on`] : [];
}

export function vanishesIntoArchive({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!before || after) return [];
  if (!has(step, 'archive')) return [`job ${id} vanished`];
  return isFinished(before) ? [] : [`job ${id} was put into the archive while ${before.status}`];
}

/** By the job and the settings as they were before: whoever expires it decided on those. */
export function expiresInTime({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (after?.status !== 'expired' || before?.status !== 'queued' || after.endedAt === null) return [];
  const due = expiresAt(step.before, before, after.endedAt);
  if (due !== null && !isBefore(after.endedAt, due)) return [];
  return [`job ${id} expired at ${after.endedAt}, but might have waited ${due === null ? 'for ever' : `until ${due}`}`];
}

const isReopened = (id: string, step: Step): boolean =>
  operationsOn(step, id).some((it) => it.operation === 'retry' || it.operation === 'take-up');

const endOf = ({ status, token, endedAt, result }: Job) => ({ status, token, endedAt, result });
