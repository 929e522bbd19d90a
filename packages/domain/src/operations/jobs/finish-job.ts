/**
 * Ends the holder's attempt, and with it the job, unless tries are left. The only place where a job ends by its holder,
 * and only with the current token.
 */
import { accept, type Decision } from '../../decision.ts';
import { type Cause, currentAttempt, type Job, type JobResult, type Stage } from '../../entities/job.ts';
import type { Manifest } from '../../entities/manifest.ts';
import { type Change, putJob, putManifest, type State } from '../../state.ts';
import { clippedOrNull } from '../../text.ts';
import { after, type Time } from '../../time.ts';
import { type Holder, heldJob, keptStages, withAttempt } from './held-job.ts';
import { giveLocksBack } from './job-locks.ts';

export interface FinishJob extends Holder {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly cause: Cause | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly reason: string | null;
  readonly stages: readonly Stage[];
  readonly result: JobResult;
  /** The commit and branch that were really built. */
  readonly commit?: string | null;
  readonly branch?: string | null;
  readonly manifest?: Manifest | null;
  readonly now: Time;
}

export function finishJob(state: State, input: FinishJob): Decision<Job> {
  const held = heldJob(state, input);
  if (!held.ok) return held;

  const { status, cause, exitCode, signal, now } = input;
  const ended = withAttempt(held.job, {
    status,
    cause,
    exitCode,
    signal,
    reason: clippedOrNull(input.reason, 2000),
    stages: keptStages(input.stages),
    endedAt: now,
  });
  const again = status === 'failed' && held.job.cancelRequested === null && triesLeft(ended, state);
  const job = again ? backInQueue(ended, now) : atItsEnd(ended, input);
  const manifest: Change[] = input.manifest && !again ? [putManifest(input.manifest)] : [];
  const summary = `finish job ${job.id}: ${status}${again ? `, attempt ${ended.attempts.length + 1} follows` : ''}`;
  const subject = { agent: input.agentId, job: job.id, token: input.token };
  return accept(job, [putJob(job), ...manifest, ...giveLocksBack(state, job)], summary, subject);
}

function atItsEnd(job: Job, { status, result, branch, commit, now }: FinishJob): Job {
  return {
    ...job,
    status,
    result,
    branch: branch ?? job.branch,
    commit: commit ?? job.commit,
    agent: null,
    endedAt: now,
  };
}

/** They cost no try, but a job that everybody gives back must not go round for ever. */
const MOST_RETURNS = 100;

/** The fault of a machine may be tried again on the yard's account; the fault of the code only as often as was asked for. */
export function triesLeft(job: Job, { yard }: State): boolean {
  const failures = job.attempts.filter((it) => it.status === 'failed' || it.status === 'lost');
  const machineFaults = failures.filter((it) => it.cause === 'lost' || it.cause === 'infrastructure').length;
  const returned = failures.filter((it) => it.cause === 'returned').length;
  const codeFaults = failures.length - machineFaults - returned;
  if (returned >= MOST_RETURNS) return false;
  return codeFaults <= job.retries && machineFaults <= job.retries + yard.jobs.lostAttempts;
}

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;

/** A failed attempt waits before the next, twice as long each time; a lost one was not the job's fault and goes at once. */
export function backInQueue(job: Job, now: Time): Job {
  const failures = job.attempts.filter((it) => it.status === 'failed').length;
  const lost = currentAttempt(job)?.status !== 'failed';
  const pauseMs = lost ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
  return {
    ...job,
    status: 'queued',
    agent: null,
    notBefore: pauseMs === 0 ? null : after(now, pauseMs),
  };
}
