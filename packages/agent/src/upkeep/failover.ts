/** Gives what is assigned to a server that is away to its backup, and back when it is there again: the pairs of yard.json. */
import { failbacksDue, failoversDue } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import { ourTurn } from '../peers.ts';

export async function failover(context: AgentContext, signal: AbortSignal): Promise<string | null> {
  const { yard } = context;
  if (!mayBeDue(context)) return null;
  await yard.live.refresh(signal);
  await ourTurn(context, 'fail-over', signal);
  const did = [...(await moveAway(context, signal)), ...(await moveBack(context, signal))];
  return did.length === 0 ? null : did.join('; ');
}

/** Most yards have no pairs, and need not look at the heartbeats for it. */
const mayBeDue = ({ yard: { state } }: AgentContext): boolean =>
  Object.keys(state.yard.failover).length > 0 || [...state.jobs].some((job) => job.movedFrom !== null);

async function moveAway({ yard }: AgentContext, signal: AbortSignal): Promise<string[]> {
  const did: string[] = [];
  for (const { from, to, reason } of failoversDue(yard.state, yard.now())) {
    const moved = await yard.perform('fail-over', { from, to, drain: false, reason, now: yard.now() }, { signal });
    if (moved.ok && moved.commit !== null) did.push(`${jobs(moved.result)} of ${from} went to ${to}`);
  }
  return did;
}

async function moveBack({ yard }: AgentContext, signal: AbortSignal): Promise<string[]> {
  const did: string[] = [];
  for (const agentId of failbacksDue(yard.state, yard.now())) {
    const input = { agentId, reason: `${agentId} is there again`, now: yard.now() };
    const back = await yard.perform('fail-back', input, { signal });
    if (back.ok && back.commit !== null) did.push(`${jobs(back.result)} went back to ${agentId}`);
  }
  return did;
}

const jobs = ({ moved }: { readonly moved: readonly string[] }): string =>
  `${moved.length} ${moved.length === 1 ? 'job' : 'jobs'}`;
