/** Attempts are the memory of a job: each has its own token and holder, and what has ended stays as it ended. */
import type { Attempt } from '../entities/attempt.ts';
import { currentAttempt, isHeld, type Job } from '../entities/job.ts';
import { claimsOf, comesFromElsewhere, type Step, type Transition } from './rule.ts';
import { sameValue } from './same-value.ts';

export function attemptTokensRise(job: Job): readonly string[] {
  const tokens = job.attempts.map((it) => it.token);
  const falls = tokens.some((token, at) => at > 0 && token <= (tokens[at - 1] ?? 0));
  const tooHigh = tokens.some((token) => token > job.token);
  return [
    ...(falls ? [`the attempts of job ${job.id} have tokens ${tokens.join(', ')}, which do not rise`] : []),
    ...(tooHigh ? [`job ${job.id} is at token ${job.token}, below that of an attempt`] : []),
  ];
}

export function heldByOne(job: Job): readonly string[] {
  if (!isHeld(job)) return [];
  const attempt = currentAttempt(job);
  if (!attempt) return [`job ${job.id} is ${job.status} without an attempt`];
  return [
    ...(job.agent === attempt.agent ? [] : [`job ${job.id} is held by ${job.agent}, its attempt by ${attempt.agent}`]),
    ...(attempt.token === job.token ? [] : [`job ${job.id} is held under token ${attempt.token}, not ${job.token}`]),
    ...(attempt.endedAt === null ? [] : [`job ${job.id} is ${job.status}, but its attempt has ended`]),
  ];
}

export function attemptsStay({ id, before, after }: Transition<Job>): readonly string[] {
  if (!before || !after) return [];
  return before.attempts.flatMap((was, at) => {
    const is = after.attempts[at];
    if (!is) return [`attempt ${was.number} of job ${id} vanished`];
    if (is.token !== was.token) return [`attempt ${was.number} of job ${id} changed its token`];
    return was.endedAt === null || staysEnded(was, is) ? [] : [`attempt ${was.number} of job ${id} ended twice`];
  });
}

/** A late report may be added once, as a note. */
const staysEnded = (was: Attempt, is: Attempt): boolean =>
  sameValue({ ...was, late: null }, { ...is, late: null }) && (was.late === null || sameValue(was.late, is.late));

/** Who had a token had it: another holder comes with another token, and with an attempt of its own. */
export function holderStays({ id, before, after }: Transition<Job>): readonly string[] {
  if (!before || !after) return [];
  return before.attempts.flatMap((was, at) => {
    const is = after.attempts[at];
    if (!is || sameValue(holderOf(was), holderOf(is))) return [];
    const [from, to] = was.agent === is.agent ? [was.boot, is.boot] : [was.agent, is.agent];
    return [`attempt ${was.number} of job ${id} went from ${from} to ${to} under token ${was.token}`];
  });
}

const holderOf = ({ agent, boot, number, startedAt }: Attempt) => ({ agent, boot, number, startedAt });

export function attemptsComeByClaim({ id, before, after }: Transition<Job>, step: Step): readonly string[] {
  if (!after || comesFromElsewhere({ before, after }, step)) return [];
  const [came, claims] = [after.attempts.length - (before?.attempts.length ?? 0), claimsOf(step, id)];
  return came > claims ? [`job ${id} has ${came} new attempts with ${claims} claims`] : [];
}
