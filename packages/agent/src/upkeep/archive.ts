/** Puts what is over into the archive, and lets go what has lain there long enough. */
import { tidy } from '@gityard/yard';
import type { AgentContext } from '../context.ts';
import { ourTurn } from '../peers.ts';

export async function archive(context: AgentContext, signal: AbortSignal): Promise<string | null> {
  const { yard } = context;
  const turn = (operation: string) => ourTurn(context, operation, signal);
  const tidied = await tidy(yard, { now: yard.now(), turn });
  if ('ok' in tidied) throw new Error(`the archive was refused: ${tidied.reason}`);
  const { jobs, messages, pruned } = tidied;
  const parts = [
    ...(jobs + messages > 0 ? [`${jobs} jobs and ${messages} messages went into the archive`] : []),
    ...(pruned > 0 ? [`${pruned} files left the archive`] : []),
  ];
  return parts.length === 0 ? null : parts.join('; ');
}
