/**
 * Takes a job from a holder that is gone and puts it back into the queue (or ends it, when it has no tries left or was to
 * be cancelled). Whoever saw the silence first performs it; the token that was seen makes it happen once.
 */
import { tellEnd } from '../../chat/notify-sender.ts';
import { accept, type Decision, refuse } from '../../decision.ts';
import { currentAttempt, isHeld, type Job } from '../../entities/job.ts';
import { putJob, type State } from '../../state.ts';
import { clipped } from '../../text.ts';
import type { Time } from '../../time.ts';
import { endOfKin } from './family.ts';
import { withAttempt } from './held-job.ts';
import { giveLocksBack } from './job-locks.ts';
import { backInQueue, triesLeft } from './tries.ts';

export interface RequeueJob {
  readonly jobId: string;
  /** The token that was seen unchanged. */
  readonly token: number;
  readonly by: string;
  /** What was seen: "build2 gave no sign of life for 750 s". */
  readonly reason: string;
  /** The holder itself gives it back, unfinished: that is nobody's failure and costs the job none of its tries. */
  readonly returned?: boolean;
  readonly now: Time;
}

export function requeueJob(state: State, input: RequeueJob): Decision<Job> {
  const { jobId, token, by, reason, returned = false, now } = input;
  const held = state.jobs.get(jobId);
  if (!held) return refuse('NOT_FOUND', `there is no job ${jobId}`, [jobId]);
  const attempt = currentAttempt(held);
  if (!isHeld(held) || !attempt) return refuse('NOT_HELD', `job ${jobId} is ${held.status}`, [jobId]);
  if (held.token !== token) return refuse('STALE_TOKEN', `job ${jobId} was given to another holder since`, [jobId]);

  if (returned && attempt.agent !== by)
    return refuse('CONFLICT', `job ${jobId} is held by ${attempt.agent}; only the holder returns it`, [jobId]);

  const lost = withAttempt(held, {
    status: 'lost',
    cause: returned ? 'returned' : 'lost',
    reason: clipped(reason, 2000),
    endedAt: now,
  });
  const job = afterLoss(state, lost, now);
  const summary = `${returned ? 'return' : 'requeue'} job ${jobId} of ${attempt.agent}${job.status === 'queued' ? '' : `: ${job.status}`}`;
  const told = tellEnd(state, job, { worker: attempt.agent, now });
  const kin = endOfKin(state, job, { by, now });
  return accept(job, [putJob(job), ...giveLocksBack(state, job), ...kin, ...told], summary, {
    agent: by,
    job: jobId,
    token,
    reason,
  });
}

function afterLoss(state: State, job: Job, now: Time): Job {
  if (job.cancelRequested) return { ...job, status: 'cancelled', agent: null, endedAt: now };
  if (!triesLeft(job, state)) return { ...job, status: 'failed', agent: null, endedAt: now };
  return backInQueue(job, state, now);
}
