/**
 * Strikes an agent off although it lives or holds jobs, for a person who knows better: it takes no more, what it has goes back
 * into the queue under the token that it was held with, and only then is it gone. What its daemon still hands in is refused, and
 * it stops by itself when it sees that nobody knows it any more. Each step stands in the history.
 */
import { type CommandWish, find, isHeld, type Job, type Refused, unlikeExpected } from '@gityard/domain';
import type { Yard } from '../yard.ts';

export interface StrikeOff {
  readonly wish: CommandWish;
  readonly by: string;
  readonly signal?: AbortSignal | undefined;
}

export interface StruckOff {
  readonly ok: true;
  readonly commit: string | null;
}

/** A claim may land between two of our commits; in maintenance none does. */
const ROUNDS = 3;

/** Throws StoreError. */
export async function strikeOff(yard: Yard, { wish, by, signal }: StrikeOff): Promise<StruckOff | Refused> {
  const unlike = unlikeExpected(yard.state, wish);
  if (unlike) return unlike;
  const found = find(yard.state.agents, wish.target, 'agent');
  if (!found.ok) return found;
  const { id: agentId } = found.value;
  const reason = typeof wish.args.reason === 'string' ? wish.args.reason : null;
  const maintained = await yard.perform('maintain', { agentId, by, reason, now: yard.now() }, { signal });
  if (!maintained.ok) return maintained;

  for (let round = 0; round < ROUNDS; round++)
    for (const job of heldBy(yard, agentId)) await giveBack(yard, job, { by, agentId, reason, signal });
  return yard.perform('remove', { agentId, reason, force: true, now: yard.now() }, { signal });
}

const heldBy = ({ state }: Yard, agentId: string): readonly Job[] =>
  [...state.jobs].filter((job) => isHeld(job) && job.agent === agentId);

interface GiveBack {
  readonly by: string;
  readonly agentId: string;
  readonly reason: string | null;
  readonly signal: AbortSignal | undefined;
}

/** Whatever happened to it meanwhile is as good: it is not held by that agent any more, or the next round sees it. */
async function giveBack(yard: Yard, job: Job, { by, agentId, reason, signal }: GiveBack): Promise<void> {
  const why = `agent ${agentId} was struck off${reason === null ? '' : `: ${reason}`}`;
  await yard.perform('requeue', { jobId: job.id, token: job.token, by, reason: why, now: yard.now() }, { signal });
}
