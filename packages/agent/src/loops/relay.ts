/** Keeps the relay of this agent's site going, or uses it. Without a key of a site there is nothing to do, and nothing is loaded. */
import type { AgentContext } from '../context.ts';
import type { LoopLine } from '../status-board.ts';

export async function relay(context: AgentContext, line: LoopLine, signal: AbortSignal): Promise<void> {
  if (!context.relaying) return;
  const { elect } = await import('../relay/election.ts');
  await elect(context, context.relaying, line, signal);
}
