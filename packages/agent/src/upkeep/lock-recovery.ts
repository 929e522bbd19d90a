/** Frees locks whose holders are gone, and tells those holders (R40). */
import { staleHolds } from '@gityard/domain';
import { newId } from '@gityard/yard';
import type { AgentContext } from '../context.ts';
import { ourTurn } from '../peers.ts';

export async function lockRecovery(context: AgentContext, signal: AbortSignal): Promise<string | null> {
  const { yard, self } = context;
  const limit = { limitMs: null };
  const recovered: string[] = [];
  for (const lock of yard.state.locks) {
    const stale = staleHolds(yard.state, lock, { ...limit, now: yard.now() });
    if (stale.length === 0) continue;
    await ourTurn(context, `recover ${lock.name}`, signal);
    const messageIds = stale.map(() => newId());
    const input = { ...limit, name: lock.name, messageIds, by: self.id, reason: null, now: yard.now() };
    const done = await yard.perform('recover', input, { signal });
    if (done.ok) recovered.push(...done.result.freed.map((it) => `lock ${lock.name} of ${it.holder}`));
  }
  return recovered.length === 0 ? null : `recovered ${recovered.join(', ')}`;
}
