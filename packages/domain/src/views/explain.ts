/** Why a job waits, whether it can ever run, how many are ahead, and when its turn may come. Uses the same rules as `claim`. */
import { isFinished, isHeld, type Job } from '../entities/job.ts';
import type { WaitReason } from '../entities/read-model.ts';
import { blockers, stuck, willRun } from '../scheduling/blockers.ts';
import { boardOf } from '../scheduling/board.ts';
import { claimOrder } from '../scheduling/order.ts';
import type { State } from '../state.ts';
import { type Time, toTime } from '../time.ts';
import { agentReasons } from './agent-reasons.ts';
import { expectedWaitMs } from './expected-wait.ts';
import { healthOf } from './fleet-health.ts';

export interface Explanation {
  readonly id: string;
  readonly status: Job['status'];
  /** False when nothing but a person's act lets it run. */
  readonly canEverRun: boolean;
  /** 1 = next of those that could be claimed before it; null when it is not waiting. */
  readonly position: number | null;
  readonly ahead: number;
  readonly eta: { readonly p50: Time | null; readonly p90: Time | null };
  readonly reasons: readonly WaitReason[];
}

/** Who explains many jobs counts once and says how many are `ahead`; otherwise they are counted here. */
export function explain(state: State, job: Job, now: Time, known: { readonly ahead?: number } = {}): Explanation {
  if (isHeld(job)) return notWaiting(job, held(state, job, now));
  if (isFinished(job)) return notWaiting(job, ended(job));

  const ahead = known.ahead ?? countAhead(state, job, now);
  const blocked = blockers(state, job, now);
  const reasons = [...blocked, ...agentReasons(state, job, now, blocked.length > 0 ? null : ahead)];
  const canEverRun = reasons.every((reason) => reason.class === 'will-run');
  return {
    id: job.id,
    status: job.status,
    canEverRun,
    position: ahead + 1,
    ahead,
    eta: canEverRun ? etaOf(state, ahead, now) : NO_ETA,
    reasons,
  };
}

const NO_ETA = { p50: null, p90: null } as const;

function notWaiting(job: Job, reasons: readonly WaitReason[]): Explanation {
  const { id, status } = job;
  return { id, status, canEverRun: isHeld(job), position: null, ahead: 0, eta: NO_ETA, reasons };
}

function held(state: State, job: Job, now: Time): WaitReason[] {
  const agent = job.agent ?? '';
  if (healthOf(state, agent, now) !== 'silent') return [];
  const text = `${agent} holds it and is silent; it goes back to the queue when its lease ends`;
  return [willRun('claim-expiring', text, [agent])];
}

function ended(job: Job): WaitReason[] {
  const last = job.attempts.at(-1);
  if (job.status !== 'failed' || last?.status !== 'lost') return [];
  const lost = job.attempts.filter((it) => it.status === 'lost').length;
  const text = `${lost} ${lost === 1 ? 'attempt was' : 'attempts were'} lost; gityard job retry ${job.id} starts again`;
  return [stuck('attempts-exhausted', text, [job.id])];
}

/** A job that cannot be claimed now stands in nobody's way, however urgent it is. */
function countAhead(state: State, job: Job, now: Time): number {
  const inOrder = claimOrder(state, now);
  const before = boardOf(state).queued.filter((it) => it.id !== job.id && inOrder(it, job) < 0);
  return before.filter((it) => blockers(state, it, now).length === 0).length;
}

function etaOf(state: State, ahead: number, now: Time): Explanation['eta'] {
  const wait = expectedWaitMs(state, ahead);
  if (!wait) return NO_ETA;
  return {
    p50: toTime(Date.parse(now) + wait.p50),
    p90: toTime(Date.parse(now) + wait.p90),
  };
}
