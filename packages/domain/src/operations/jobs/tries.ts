/** Whether a job whose attempt ended badly is tried again, and when. */
import { RETRIED_CAUSES } from '../../entities/attempt.ts';
import { currentAttempt, type Job } from '../../entities/job.ts';
import type { State } from '../../state.ts';
import { after, type Time } from '../../time.ts';

/** They cost no try, but a job that everybody gives back must not go round for ever. */
const MOST_RETURNS = 100;

/** The fault of a machine may be tried again on the yard's account; any other fault only as often as was asked for. */
export function triesLeft(job: Job, { yard }: Pick<State, 'yard'>): boolean {
  const failures = job.attempts.filter((it) => it.status === 'failed' || it.status === 'lost');
  const machineFaults = failures.filter((it) => it.cause === 'lost' || it.cause === 'infrastructure').length;
  const returned = failures.filter((it) => it.cause === 'returned').length;
  const otherFaults = failures.length - machineFaults - returned;
  // The try that it had it still has, a person's retry after the last one as well.
  if (currentAttempt(job)?.cause === 'returned') return returned < MOST_RETURNS;
  if (!mayTryAfter(job, yard.jobs.retryOn)) return false;
  return otherFaults <= job.retries && machineFaults <= job.retries + yard.jobs.lostAttempts;
}

/** What a policy or a person refused stays refused. */
function mayTryAfter(job: Job, byDefault: readonly string[]): boolean {
  const cause = currentAttempt(job)?.cause ?? 'code';
  const retried = job.retryOn ?? byDefault;
  return RETRIED_CAUSES.some((it) => it === cause && retried.includes(it));
}

const LONGEST_PAUSE_MS = 300_000;

/** A failed attempt waits before the next, twice as long each time; a lost one was not the job's fault and goes at once. */
export function backInQueue(job: Job, { yard }: Pick<State, 'yard'>, now: Time): Job {
  const failures = job.attempts.filter((it) => it.status === 'failed').length;
  const lost = currentAttempt(job)?.status !== 'failed';
  const pauseMs = lost ? 0 : Math.min(LONGEST_PAUSE_MS, yard.jobs.backOffSeconds * 1000 * 2 ** (failures - 1));
  return {
    ...job,
    status: 'queued',
    agent: null,
    notBefore: pauseMs === 0 ? null : after(now, pauseMs),
  };
}
