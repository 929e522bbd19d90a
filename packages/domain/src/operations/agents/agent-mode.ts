/** Drains, resumes or takes an agent into maintenance. A draining agent finishes what it has and takes no more. */
import { accept, type Decision } from '../../decision.ts';
import type { Agent } from '../../entities/agent.ts';
import { find } from '../../find.ts';
import { putAgent, type State } from '../../state.ts';
import { clippedOrNull } from '../../text.ts';
import type { Time } from '../../time.ts';
import { isSamePause, type PauseWish, refuseLate } from '../jobs/pause-job.ts';

export interface AgentAct {
  readonly agentId: string;
  readonly reason: string | null;
  readonly by?: string | null;
  /** When it is active again by itself; nothing or null: when somebody resumes it. */
  readonly until?: Time | null;
  readonly now: Time;
}

export const drainAgent = (state: State, act: AgentAct): Decision<Agent> => toMode(state, act, 'draining');
export const maintainAgent = (state: State, act: AgentAct): Decision<Agent> => toMode(state, act, 'maintenance');
export const resumeAgent = (state: State, act: AgentAct): Decision<Agent> => toMode(state, act, 'active');

const VERBS = {
  draining: 'drain',
  maintenance: 'maintain',
  active: 'resume',
} as const;

function toMode(state: State, act: AgentAct, mode: Agent['mode']): Decision<Agent> {
  const { agentId, reason, by = null, now } = act;
  const until = mode === 'active' ? null : (act.until ?? null);
  const late = refuseLate({ until, now });
  if (late) return late;
  const found = find(state.agents, agentId, 'agent');
  if (!found.ok) return found;
  const subject = { agent: found.value.id, reason };
  if (isSameMode(found.value, { mode, reason, until }))
    return accept(found.value, [], `agent ${found.value.id} is ${mode} already`, subject);
  const agent: Agent = {
    ...found.value,
    mode,
    modeReason: clippedOrNull(reason, 1000),
    modeSince: now,
    modeBy: clippedOrNull(by, 255),
    modeUntil: until,
  };
  return accept(agent, [putAgent(agent)], `${VERBS[mode]} agent ${agent.id}`, subject);
}

/** One that works needs no reason; of one that rests a new reason is news to whoever wonders, as a new end is. */
function isSameMode(agent: Agent, { mode, reason, until }: Pick<Agent, 'mode'> & Pick<PauseWish, 'reason' | 'until'>) {
  if (agent.mode !== mode) return false;
  return mode === 'active' || isSamePause({ reason: agent.modeReason, until: agent.modeUntil }, { reason, until });
}
