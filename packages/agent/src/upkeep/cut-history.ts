/** Cuts the history where the team wants that, and it has grown long. */
import { operationsSinceCut } from '@gityard/domain';
import { cutHistory as cut } from '@gityard/yard';
import type { AgentContext } from '../context.ts';
import { ourTurn } from '../peers.ts';

export async function cutHistory(context: AgentContext, signal: AbortSignal): Promise<string | null> {
  if (!isDue(context)) return null;
  await ourTurn(context, 'compact', signal);
  await context.yard.refresh(signal);
  const done = isDue(context) ? await cut(context.yard) : null;
  return done && `the history was cut after ${done.commits} commits: epoch ${done.epoch} begins`;
}

function isDue({ yard: { state } }: AgentContext): boolean {
  const { afterOperations } = state.yard.compact;
  return afterOperations > 0 && operationsSinceCut(state) >= afterOperations;
}
