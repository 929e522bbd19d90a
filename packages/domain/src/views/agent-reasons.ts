/** What the fleet has to do with a job's waiting: nobody fits, nobody lives, nobody may, nobody is free, or it is just new. */
import type { Agent } from '../entities/agent.ts';
import type { Job } from '../entities/job.ts';
import type { WaitReason } from '../entities/read-model.ts';
import { stuck, willRun } from '../scheduling/blockers.ts';
import { isRequirement } from '../scheduling/capability.ts';
import { matchOf } from '../scheduling/matching.ts';
import { freeSlots } from '../scheduling/pick.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { isAlive } from './fleet-health.ts';

/** `ahead` is null for a job with a blocker of its own: then whether agents are free tells nothing. */
export function agentReasons(state: State, job: Job, now: Time, ahead: number | null): WaitReason[] {
  const { agents: matching } = matchOf(state, job);
  if (matching.length === 0) return [nobody(state, job)];

  const alive = matching.filter((agent) => isAlive(state, agent.id, now));
  if (alive.length === 0)
    return [
      stuck('all-matching-silent', `could run on ${names(matching)}, but none gives a sign of life`, refs(matching)),
    ];

  const active = alive.filter((agent) => agent.mode === 'active');
  if (active.length === 0) {
    const text = `could run on ${names(alive)} (${alive[0]?.mode}); gityard agent resume lets it`;
    return [stuck('all-matching-paused', text, refs(alive))];
  }
  return ahead === null ? [] : [turn(state, active, ahead)];
}

function turn(state: State, active: readonly Agent[], ahead: number): WaitReason {
  const free = active.filter((agent) => freeSlots(state, agent) > 0);
  if (free.length === 0)
    return willRun('agents-busy', `${names(active)} ${active.length === 1 ? 'is' : 'are'} busy`, refs(active));
  const behind = ahead === 0 ? '' : `, ${ahead} ${ahead === 1 ? 'job' : 'jobs'} ahead`;
  return willRun('just-queued', `waits to be claimed by ${names(free)}${behind}`, refs(free));
}

function nobody(state: State, job: Job): WaitReason {
  if (state.agents.size === 0)
    return stuck('no-agent-with', 'no agent has joined the yard; start one with gityard agent run', []);
  if (job.assignedTo !== null && !state.agents.has(job.assignedTo)) {
    const text = `is assigned to ${job.assignedTo}, which has not joined the yard`;
    return stuck('assigned-agent-missing', text, [job.assignedTo]);
  }
  const unreadable = job.requires.find((it) => !isRequirement(it));
  if (unreadable !== undefined)
    return stuck('invalid', `requires "${unreadable}", which cannot be read; say for example dotnet>=8`, [job.id]);
  return noneFits(state, job);
}

function noneFits(state: State, job: Job): WaitReason {
  const { nearest } = matchOf(state, job);
  const closest = nearest ? `; nearest is ${nearest.agent.id}, which ${nearest.lacks.join(' and ')}` : '';
  const asked = [...job.labels, ...job.requires, ...(job.toolchain ? [job.toolchain] : [])];
  const what = asked.length > 0 ? asked.join(', ') : 'it';
  return stuck('no-agent-with', `no agent fits ${what}${closest}`, nearest ? [nearest.agent.id] : []);
}

const MOST_NAMES = 5;
function names(agents: readonly Agent[]): string {
  const shown = agents.slice(0, MOST_NAMES).map((agent) => agent.id);
  const more = agents.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
const refs = (agents: readonly Agent[]): string[] => agents.map((agent) => agent.id);
