/** What the fleet has to do with a job's waiting: nobody fits, nobody lives, nobody may, nobody is free, or it is just new. */
import type { Agent } from '../entities/agent.ts';
import type { Job } from '../entities/job.ts';
import type { WaitReason } from '../entities/wait-reason.ts';
import { asAsked } from '../scheduling/as-asked.ts';
import { stuck, willRun } from '../scheduling/blockers.ts';
import { matchOf } from '../scheduling/matching.ts';
import { queuePauseOf, whyIdle } from '../scheduling/pauses.ts';
import { freeSlots } from '../scheduling/pick.ts';
import { hasRoom, reservedWords, roomProblem } from '../scheduling/reservation.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { healthOf } from './fleet-health.ts';

/** `ahead` is null for a job with a blocker of its own: then whether agents are free tells nothing. */
export function agentReasons(state: State, job: Job, now: Time, ahead: number | null): WaitReason[] {
  const { agents: matching } = matchOf(state, job, now);
  if (matching.length === 0) return [nobody(state, job, now)];

  // Who was never heard of is unknown, not gone: it may be a person who claims by hand.
  const present = matching.filter((agent) => healthOf(state, agent.id, now) !== 'silent');
  if (present.length === 0)
    return [
      stuck('all-matching-silent', `could run on ${names(matching)}, but none gives a sign of life`, refs(matching)),
    ];

  const active = present.filter((agent) => whyIdle(state, agent, now) === undefined);
  if (active.length === 0) return [paused(state, present, now)];

  const willing = active.filter((agent) => whyNot(state, agent, job) === null);
  if (willing.length === 0) {
    const why = active.map((agent) => `${agent.id}: ${whyNot(state, agent, job)}`).slice(0, MOST_NAMES);
    return [stuck('all-matching-take-none', `could run on ${names(active)}, but ${why.join('; ')}`, refs(active))];
  }
  return ahead === null ? [] : [turn(state, job, { active: willing, ahead })];
}

function paused(state: State, agents: readonly Agent[], now: Time): WaitReason {
  const why = [...new Set(agents.map((agent) => whyIdle(state, agent, now)))].slice(0, MOST_NAMES).join('; ');
  const text = `could run on ${names(agents)}, but ${why}`;
  const endsByItself = agents.some((agent) => (queuePauseOf(state, agent, now)?.until ?? modeEnd(agent)) !== null);
  if (endsByItself) return willRun('all-matching-paused', text, refs(agents));
  const first = agents[0];
  const pause = first && queuePauseOf(state, first, now);
  const what = !pause ? 'agent resume' : pause.pool === null ? 'fleet resume' : `pool resume ${pause.pool}`;
  return stuck('all-matching-paused', `${text}; gityard ${what} lets it`, refs(agents), pause?.at ?? first?.modeSince);
}

const modeEnd = ({ mode, modeUntil }: Agent): Time | null => (mode === 'active' ? null : modeUntil);

/** By the agent's own word, which nobody but the agent itself has to obey. */
function whyNot({ heartbeats }: State, { id }: Agent, { id: jobId }: Job): string | null {
  const heartbeat = heartbeats.get(id);
  return heartbeat?.takesNoJobs ?? heartbeat?.refuses?.find(({ job }) => job === jobId)?.reason ?? null;
}

interface Turn {
  readonly active: readonly Agent[];
  readonly ahead: number;
}

function turn(state: State, job: Job, { active, ahead }: Turn): WaitReason {
  const beating = active.filter((agent) => state.heartbeats.has(agent.id));
  // Somebody who claims by hand may come or not: where an agent that beats could run it, that is what it waits for.
  const asked = beating.length > 0 ? beating : active;
  const free = asked.filter((agent) => freeSlots(state, agent) > 0 && hasRoom(state, agent, job));
  if (free.length === 0) return willRun('agents-busy', busyText(state, job, asked), refs(asked));
  if (beating.length === 0) {
    const have = free.length === 1 ? 'has' : 'have';
    return willRun('agents-unheard', `could run on ${names(free)}, which ${have} not reported yet`, refs(free));
  }
  const behind = ahead === 0 ? '' : `, ${ahead} ${ahead === 1 ? 'job' : 'jobs'} ahead`;
  return willRun('just-queued', `waits to be claimed by ${names(free)}${behind}`, refs(free));
}

/** Where slots are free, it is what others reserved that keeps it out. */
function busyText(state: State, job: Job, asked: readonly Agent[]): string {
  const short = asked.flatMap((agent) => {
    const problem = freeSlots(state, agent) > 0 ? roomProblem(state, agent, job) : undefined;
    return problem === undefined ? [] : [`${agent.id} ${problem}`];
  });
  const busy = `${names(asked)} ${asked.length === 1 ? 'is' : 'are'} busy`;
  return short.length === 0 ? busy : `${busy}: ${short.slice(0, MOST_NAMES).join('; ')}`;
}

function nobody(state: State, asked: Job, now: Time): WaitReason {
  const job = asAsked(state, asked, now);
  if (state.agents.size === 0)
    return stuck('no-agent-with', 'no agent has joined the yard; start one with gityard agent run', []);
  if (job.assignedTo !== null && !state.agents.has(job.assignedTo)) {
    const text = `is assigned to ${job.assignedTo}, which has not joined the yard`;
    return stuck('assigned-agent-missing', text, [job.assignedTo]);
  }
  if (job.task !== null && ![...state.agents].some((it) => it.tasks)) {
    const text = `no agent takes tasks; start one with gityard task receive${tagsOf(job)} --processor ./build-task.sh`;
    return stuck('no-agent-with', text, []);
  }
  return noneFits(state, job, now);
}

const tagsOf = ({ labels }: Job): string => (labels.length === 0 ? '' : ` --tags ${labels.join(',')}`);

function noneFits(state: State, job: Job, now: Time): WaitReason {
  const { nearest } = matchOf(state, job, now);
  const closest = nearest ? `; nearest is ${nearest.agent.id}, which ${nearest.lacks.join(' and ')}` : '';
  const secrets = job.secrets.map((it) => `secret ${it}`);
  const tools = job.toolchain ? [job.toolchain] : [];
  const asked = [...job.labels, ...job.requires, ...tools, ...reservedWords(job), ...secrets];
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
