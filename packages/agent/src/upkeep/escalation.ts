/** Tells others of acknowledgements that are overdue, once for each message. */
import { isToBeEscalated } from '@gityard/domain';
import { newId } from '@gityard/yard';
import type { AgentContext } from '../context.ts';
import { ourTurn } from '../peers.ts';

export async function escalation(context: AgentContext, signal: AbortSignal): Promise<string | null> {
  const { yard } = context;
  const overdue = [...yard.state.messages].filter((it) => isToBeEscalated(yard.state, it, yard.now()));
  if (overdue.length === 0) return null;
  await ourTurn(context, 'escalate', signal);
  // Asked for at once, they share one commit.
  const asked = overdue.map((it) =>
    yard.perform('escalate', { messageId: it.id, id: newId(), now: yard.now() }, { signal }),
  );
  const done = (await Promise.all(asked)).filter((it) => it.ok && it.commit !== null).length;
  return done === 0 ? null : `escalated ${done} messages that were not acknowledged`;
}
