/**
 * Enters a build server, or the same one after a restart. Two daemons under one id would both think they hold the same
 * jobs, so while one gives signs of life another is refused; `replaces` names a boot that is known to be dead.
 */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { Agent } from '../../entities/agent.ts';
import { putAgent, type State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { validate } from '../../validate.ts';
import { agentHealth } from '../../views/agent-health.ts';

export interface RegisterAgent {
  readonly agent: Pick<Agent, 'id' | 'host' | 'boot'> & Partial<Agent>;
  /** The boot whose process is seen to be gone (same host, dead pid). */
  readonly replaces: string | null;
  readonly now: Time;
}

export function registerAgent(state: State, { agent: request, replaces, now }: RegisterAgent): Decision<Agent> {
  const before = state.agents.get(request.id);
  const alive = before && before.boot !== request.boot && before.boot !== replaces && beats(state, before, now);
  if (alive)
    return refuse(
      'DUPLICATE_AGENT',
      `agent ${request.id} lives already, on ${before.host}; stop that daemon or choose another id`,
      [request.id],
    );

  const kept = before
    ? {
        mode: before.mode,
        modeReason: before.modeReason,
        modeSince: before.modeSince,
        modeBy: before.modeBy,
        modeUntil: before.modeUntil,
      }
    : {};
  const asked = {
    ...before,
    ...request,
    ...kept,
    registeredAt: before?.registeredAt ?? now,
  };
  const checked = validate('agent', JSON.parse(JSON.stringify(asked)));
  if (!checked.ok) return refuse('INVALID_DATA', checked.reason, [request.id]);
  const agent = checked.value;
  if (before && JSON.stringify(sorted(before)) === JSON.stringify(sorted(agent)))
    return accept(before, [], `agent ${agent.id} is registered so already`, {
      agent: agent.id,
    });
  return accept(agent, [putAgent(agent)], `register agent ${agent.id} on ${agent.host}`, { agent: agent.id });
}

function beats(state: State, agent: Agent, now: Time): boolean {
  const heartbeat = state.heartbeats.get(agent.id);
  return heartbeat?.boot === agent.boot && agentHealth(heartbeat, now, state.yard) !== 'silent';
}

const sorted = (agent: Agent): [string, unknown][] => Object.entries(agent).sort(([a], [b]) => (a < b ? -1 : 1));
