/** Why a job waits, whether it can ever run, how many are ahead, when its turn and its end may come. Uses the rules of `claim`. */
import { isFinished, isHeld, type Job } from '../entities/job.ts';
import type { WaitReason } from '../entities/wait-reason.ts';
import { countAhead } from '../scheduling/ahead.ts';
import { blockers, stuck, willRun } from '../scheduling/blockers.ts';
import { expiresAt } from '../scheduling/waiting.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { agentReasons } from './agent-reasons.ts';
import { type Estimate, expectedEnd, expectedTurn, NO_ESTIMATE } from './expected-wait.ts';
import { healthOf } from './fleet-health.ts';

export interface Explanation {
  readonly id: string;
  readonly status: Job['status'];
  /** False when nothing but a person's act lets it run. */
  readonly canEverRun: boolean;
  /** 1 = next of those that could be claimed before it; null when it is not waiting. */
  readonly position: number | null;
  readonly ahead: number;
  /** When its turn comes. */
  readonly eta: Estimate;
  /** When it ends, of one that will run or runs. */
  readonly expectedEnd: Estimate;
  /** When it will have waited too long; null: never. */
  readonly expiresAt: Time | null;
  readonly reasons: readonly WaitReason[];
}

/** Who explains many jobs counts once and says how many are `ahead`; otherwise they are counted here. */
export function explain(state: State, job: Job, now: Time, known: { readonly ahead?: number } = {}): Explanation {
  if (isHeld(job)) {
    const end = expectedEnd(state, job, { turn: NO_ESTIMATE, now });
    return { ...notWaiting(job, held(state, job, now)), expectedEnd: end };
  }
  if (isFinished(job)) return notWaiting(job, ended(job));

  const ahead = known.ahead ?? countAhead(state, job, now);
  const blocked = blockers(state, job, now);
  const reasons = [...blocked, ...agentReasons(state, job, now, blocked.length > 0 ? null : ahead)];
  const canEverRun = reasons.every((reason) => reason.class === 'will-run');
  const turn = canEverRun ? expectedTurn(state, job, { ahead, now }) : NO_ESTIMATE;
  return {
    id: job.id,
    status: job.status,
    canEverRun,
    position: ahead + 1,
    ahead,
    eta: turn,
    expectedEnd: expectedEnd(state, job, { turn, now }),
    expiresAt: expiresAt(state, job, now),
    reasons,
  };
}

function notWaiting(job: Job, reasons: readonly WaitReason[]): Explanation {
  const { id, status } = job;
  const none = { position: null, ahead: 0, eta: NO_ESTIMATE, expectedEnd: NO_ESTIMATE, expiresAt: null };
  return { id, status, canEverRun: isHeld(job), ...none, reasons };
}

function held(state: State, job: Job, now: Time): WaitReason[] {
  const agent = job.agent ?? '';
  if (healthOf(state, agent, now) !== 'silent') return [];
  const text = `${agent} holds it and is silent; it goes back to the queue when its lease ends`;
  return [willRun('claim-expiring', text, [agent])];
}

function ended(job: Job): WaitReason[] {
  if (job.status === 'expired') {
    const text = `nobody could take it in the time that it may wait; gityard job retry ${job.id} lets it wait again`;
    return [stuck('expired', text, [job.id], job.endedAt)];
  }
  const last = job.attempts.at(-1);
  if (job.status !== 'failed' || last?.status !== 'lost') return [];
  const lost = job.attempts.filter((it) => it.status === 'lost').length;
  const text = `${lost} ${lost === 1 ? 'attempt was' : 'attempts were'} lost; gityard job retry ${job.id} starts again`;
  return [stuck('attempts-exhausted', text, [job.id])];
}
