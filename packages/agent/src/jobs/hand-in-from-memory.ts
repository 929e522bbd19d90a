/** For a result that the disk of this machine would not take: it lives as long as this process, and is tried until answered. */
import type { Refused } from '@gityard/domain';
import type { Settled } from '@gityard/yard';
import type { AgentContext } from '../context.ts';
import { backOffMs, pause } from '../pause.ts';
import type { Finish } from './finish-from.ts';

/** We were told to stop before it was settled; the spool has it. */
export interface GaveUp {
  readonly kind: 'kept';
  readonly held: Refused | undefined;
}

export async function handInFromMemory(context: AgentContext, finish: Finish): Promise<Settled | GaveUp> {
  for (let failures = 1; !context.cancel.aborted; failures++) {
    const settled = await askOnce(context, finish);
    if (settled) return settled;
    await pause(backOffMs(failures), context.cancel);
  }
  return { kind: 'kept', held: undefined };
}

async function askOnce({ yard, giveUp }: AgentContext, finish: Finish): Promise<Settled | undefined> {
  try {
    const answer = await yard.perform('finish', finish, { signal: giveUp });
    if (answer.ok) return { kind: 'done', commit: answer.commit };
    const isNewer = answer.code === 'NEWER_SCHEMA' || answer.code === 'INVALID_DATA';
    // Either an earlier try of ours had arrived, or somebody else holds the job: the state tells which.
    return isNewer ? undefined : { kind: 'elsewhere' };
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}
