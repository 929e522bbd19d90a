/** Fleets that are not there: more agents like those there are, or fewer. Whoever worked least is left out first. */

import { type Refused, refuse } from '../decision.ts';
import type { Agent } from '../entities/agent.ts';
import type { Job } from '../entities/job.ts';
import { allowsNothing } from '../scheduling/eligibility.ts';
import { modeOf } from '../scheduling/pauses.ts';
import { elapsedMs, type Time } from '../time.ts';

/** Those that take jobs; when none does, all. Whatever keeps one away today was not there for the jobs of last week. */
export function fleetToday(agents: Iterable<Agent>, now: Time): readonly Agent[] {
  const all = [...agents].sort((a, b) => (a.id < b.id ? -1 : 1));
  const active = all.filter((it) => modeOf(it, now) === 'active' && !allowsNothing(it));
  return (active.length > 0 ? active : all).map((it) => ({ ...it, mode: 'active', modeUntil: null }));
}

export interface OtherFleet {
  /** So many more, or with a minus fewer. */
  readonly more: number;
  /** The one that the new ones are like; else they are like the busiest, in turn. */
  readonly like: string | undefined;
  readonly jobs: Iterable<Job>;
}

export function otherFleet(
  agents: readonly Agent[],
  { more, like, jobs }: OtherFleet,
): { readonly ok: true; readonly agents: readonly Agent[] } | Refused {
  const busiest = busiestFirst(agents, jobs);
  if (more < 0) {
    if (agents.length + more < 1) return refuse('INVALID_DATA', `of ${agents.length} agents at least one must stay`);
    const staying = new Set(busiest.slice(0, more).map((it) => it.id));
    return { ok: true, agents: agents.filter((it) => staying.has(it.id)) };
  }
  const models = like === undefined ? busiest : busiest.filter((it) => it.id === like);
  if (models.length === 0 && more > 0)
    return refuse('NOT_FOUND', like === undefined ? 'there is no agent to be like' : `there is no agent ${like}`);
  const added = Array.from({ length: more }, (_, at) => twinOf(models[at % models.length] as Agent, at + 1));
  return { ok: true, agents: [...agents, ...added] };
}

const twinOf = (agent: Agent, number: number): Agent => ({ ...agent, id: `${agent.id}.more${number}` });

function busiestFirst(agents: readonly Agent[], jobs: Iterable<Job>): readonly Agent[] {
  const busyMs = new Map<string, number>();
  for (const { attempts } of jobs)
    for (const { agent, startedAt, endedAt } of attempts)
      busyMs.set(agent, (busyMs.get(agent) ?? 0) + (endedAt === null ? 0 : elapsedMs(startedAt, endedAt) || 0));
  const of = (agent: Agent): number => busyMs.get(agent.id) ?? 0;
  return [...agents].sort((a, b) => of(b) - of(a) || (a.id < b.id ? -1 : 1));
}
