/**
 * Gives a job back to the queue instead of ending it: its build was stopped for no fault of its own. When somebody else took
 * it before, what became of our build is noted.
 */
import type { InputOf } from '@gityard/domain';
import type { AgentContext, JobEnd } from '../context.ts';
import { atMost, backOffMs, pause } from '../pause.ts';
import { noteLate } from './hand-in.ts';
import { type Holding, holderOf } from './holding.ts';

const TRY_MS = 10_000;

export async function release(context: AgentContext, holding: Holding, reason: string): Promise<JobEnd> {
  const { id: job, token } = holding;
  const input = { jobId: job, token, by: context.self.id, reason, returned: true, now: context.yard.now() };
  const answer = await requeueAtLast(context, input);
  // A yard of a newer program takes nothing from us, not even this.
  if (answer && !answer.ok && answer.code !== 'NEWER_SCHEMA') return noteTaken(context, holding, answer.reason);
  const text = answer?.ok
    ? `${reason}; the job is back in the queue`
    : `${reason}; the job goes back when its lease ends`;
  context.emit({ kind: 'ended', job, token, status: 'released', text });
  return { job, status: 'released', text };
}

type Answer = Awaited<ReturnType<typeof requeue>>;

/** Tried until the yard has answered. An agent that was told to stop does not wait for that: the lease ends by itself. */
async function requeueAtLast(context: AgentContext, input: InputOf<'requeue'>): Promise<Answer | undefined> {
  for (let failures = 1; !context.giveUp.aborted; failures++) {
    try {
      return await requeue(context, input);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      await pause(backOffMs(failures), context.giveUp);
    }
  }
  return undefined;
}

function requeue({ yard, giveUp }: AgentContext, input: InputOf<'requeue'>) {
  return yard.perform('requeue', input, { signal: atMost(TRY_MS, giveUp) });
}

async function noteTaken(context: AgentContext, holding: Holding, why: string): Promise<JobEnd> {
  const finish = { ...holderOf(context, holding), status: 'cancelled', exitCode: null } as const;
  const end = await noteLate(context, finish, why);
  context.emit({ kind: 'ended', job: holding.id, token: holding.token, status: end.status, text: end.text });
  return end;
}
