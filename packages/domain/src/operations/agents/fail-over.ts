/**
 * Gives the jobs that are assigned to one agent to another, and back. Those that wait: what an agent builds is its own until it
 * is requeued. A job remembers where it came from, so that the way back needs nobody's memory.
 */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { Agent } from '../../entities/agent.ts';
import type { Job } from '../../entities/job.ts';
import { find } from '../../find.ts';
import { boardOf } from '../../scheduling/board.ts';
import { canRun } from '../../scheduling/eligibility.ts';
import { modeOf } from '../../scheduling/pauses.ts';
import { putAgent, putJob, type State } from '../../state.ts';
import { clippedOrNull } from '../../text.ts';
import type { Time } from '../../time.ts';

export interface FailOver {
  readonly from: string;
  readonly to: string;
  /** It takes no more jobs from now on: asked for by a person, who also resumes it. */
  readonly drain: boolean;
  readonly reason: string | null;
  readonly now: Time;
}
export interface FailedOver {
  readonly from: string;
  readonly to: string;
  readonly moved: readonly string[];
  /** What the backup cannot run stays where it is. */
  readonly stayed: readonly string[];
}

/** In one commit; the rest comes with the next. */
const MOVED_AT_ONCE = 500;

export function failOver(state: State, { from, to, drain, reason, now }: FailOver): Decision<FailedOver> {
  const source = find(state.agents, from, 'agent');
  if (!source.ok) return source;
  const target = find(state.agents, to, 'agent');
  if (!target.ok) return target;
  const [a, b] = [source.value, target.value];
  if (a.id === b.id) return refuse('CONFLICT', `agent ${a.id} cannot take over from itself`, [a.id]);
  const mode = modeOf(b, now);
  if (mode !== 'active') return refuse('AGENT_NOT_ACTIVE', `agent ${b.id} is ${mode}; it takes no jobs`, [b.id]);

  const waiting = boardOf(state).queued.filter((job) => job.assignedTo === a.id);
  const moving = waiting.map((job) => movedTo(job, b.id)).filter((job) => canRun(b, job));
  const stayed = waiting.map((it) => it.id).filter((id) => !moving.some((it) => it.id === id));
  const taken = moving.slice(0, MOVED_AT_ONCE);
  const drained = drain && modeOf(a, now) === 'active' ? [putAgent(draining(a, { reason, now }))] : [];
  const result = { from: a.id, to: b.id, moved: taken.map((it) => it.id), stayed };
  const summary = `fail over ${taken.length} jobs of ${a.id} to ${b.id}`;
  return accept(result, [...drained, ...taken.map(putJob)], summary, { agent: a.id, reason });
}

const movedTo = (job: Job, to: string): Job => {
  const home = job.movedFrom ?? job.assignedTo;
  return { ...job, assignedTo: to, movedFrom: home === to ? null : home };
};

const draining = (agent: Agent, { reason, now }: Pick<FailOver, 'reason' | 'now'>): Agent => ({
  ...agent,
  mode: 'draining',
  modeReason: clippedOrNull(reason, 1000),
  modeSince: now,
  modeBy: null,
  modeUntil: null,
});

export interface FailBack {
  readonly agentId: string;
  readonly reason: string | null;
  readonly now: Time;
}

export function failBack(state: State, { agentId, reason, now }: FailBack): Decision<Pick<FailedOver, 'moved'>> {
  const found = find(state.agents, agentId, 'agent');
  if (!found.ok) return found;
  const { id } = found.value;
  const mode = modeOf(found.value, now);
  if (mode !== 'active') return refuse('AGENT_NOT_ACTIVE', `agent ${id} is ${mode}; it takes no jobs`, [id]);
  const back = boardOf(state)
    .queued.filter((job) => job.movedFrom === id)
    .slice(0, MOVED_AT_ONCE)
    .map((job) => ({ ...job, assignedTo: id, movedFrom: null }));
  const summary = `give ${back.length} jobs back to ${id}`;
  return accept({ moved: back.map((it) => it.id) }, back.map(putJob), summary, { agent: id, reason });
}
