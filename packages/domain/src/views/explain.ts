/** Why a job waits, whether it can ever run, how many are ahead, and when its turn may come. Uses the same rules as `claim`. */
import type { Agent } from '../entities/agent.ts';
import { isFinished, isHeld, type Job } from '../entities/job.ts';
import type { WaitReason } from '../entities/read-model.ts';
import { blockers, stuck, willRun } from '../scheduling/blockers.ts';
import { boardOf } from '../scheduling/board.ts';
import { misfits } from '../scheduling/eligibility.ts';
import { claimOrder } from '../scheduling/order.ts';
import { freeSlots } from '../scheduling/pick.ts';
import type { State } from '../state.ts';
import { type Time, toTime } from '../time.ts';
import { agentHealth } from './agent-health.ts';
import { expectedWaitMs } from './expected-wait.ts';

export interface Explanation {
  readonly id: string;
  readonly status: Job['status'];
  /** False when nothing but a person's act lets it run. */
  readonly canEverRun: boolean;
  /** 1 = next of those that could be claimed before it; null when it is not waiting. */
  readonly position: number | null;
  readonly ahead: number;
  readonly eta: { readonly p50: Time | null; readonly p90: Time | null };
  readonly reasons: readonly WaitReason[];
}

export function explain(state: State, job: Job, now: Time): Explanation {
  const { id, status } = job;
  const eta = { p50: null, p90: null };
  if (isHeld(job))
    return {
      id,
      status,
      canEverRun: true,
      position: null,
      ahead: 0,
      eta,
      reasons: held(state, job, now),
    };
  if (isFinished(job))
    return {
      id,
      status,
      canEverRun: false,
      position: null,
      ahead: 0,
      eta,
      reasons: ended(job),
    };

  const ahead = countAhead(state, job, now);
  const blocked = blockers(state, job, now);
  const reasons = [...blocked, ...agentReasons(state, job, now, { ahead, blocked: blocked.length > 0 })];
  const canEverRun = reasons.every((reason) => reason.class === 'will-run');
  return {
    id,
    status,
    canEverRun,
    position: ahead + 1,
    ahead,
    eta: canEverRun ? etaOf(state, ahead, now) : eta,
    reasons,
  };
}

function held(state: State, job: Job, now: Time): WaitReason[] {
  const agent = job.agent ?? '';
  const health = agentHealth(state.heartbeats.get(agent), now, state.yard);
  if (health !== 'silent') return [];
  return [
    willRun('claim-expiring', `${agent} holds it and is silent; it goes back to the queue when its lease ends`, [
      agent,
    ]),
  ];
}

function ended(job: Job): WaitReason[] {
  const last = job.attempts.at(-1);
  if (job.status !== 'failed' || last?.cause !== 'lost') return [];
  return [
    stuck('attempts-exhausted', `${job.attempts.length} attempts were lost; gityard job retry ${job.id} starts again`, [
      job.id,
    ]),
  ];
}

function countAhead(state: State, job: Job, now: Time): number {
  const inOrder = claimOrder(state, now);
  return boardOf(state).queued.filter((it) => it.id !== job.id && inOrder(it, job) < 0).length;
}

function agentReasons(
  state: State,
  job: Job,
  now: Time,
  { ahead, blocked }: { ahead: number; blocked: boolean },
): WaitReason[] {
  const agents = [...state.agents];
  const matching = agents.filter((agent) => misfits(agent, job).length === 0);
  if (matching.length === 0) return [nobody(agents, job)];

  const alive = matching.filter((agent) => isAlive(state, agent, now));
  const names = (list: readonly Agent[]) => list.map((agent) => agent.id).join(', ');
  const refs = (list: readonly Agent[]) => list.map((agent) => agent.id);
  if (alive.length === 0)
    return [
      stuck('all-matching-silent', `could run on ${names(matching)}, but none gives a sign of life`, refs(matching)),
    ];

  const active = alive.filter((agent) => agent.mode === 'active');
  if (active.length === 0) {
    const modes = alive.map((agent) => `${agent.id} (${agent.mode})`).join(', ');
    return [stuck('all-matching-paused', `could run on ${modes}; gityard agent resume lets it`, refs(alive))];
  }
  // With a blocker of its own, whether agents are free tells nothing.
  if (blocked) return [];
  const free = active.filter((agent) => freeSlots(state, agent) > 0);
  if (free.length === 0)
    return [willRun('agents-busy', `${names(active)} ${active.length === 1 ? 'is' : 'are'} busy`, refs(active))];
  const behind = ahead === 0 ? '' : `, ${ahead} ${ahead === 1 ? 'job' : 'jobs'} ahead`;
  return [willRun('just-queued', `waits to be claimed by ${names(free)}${behind}`, refs(free))];
}

const isAlive = (state: State, agent: Agent, now: Time): boolean => {
  const health = agentHealth(state.heartbeats.get(agent.id), now, state.yard);
  return health === 'fresh' || health === 'late';
};

function nobody(agents: readonly Agent[], job: Job): WaitReason {
  if (agents.length === 0)
    return stuck('no-agent-with', 'no agent has joined the yard; start one with gityard agent run', []);
  if (job.assignedTo !== null && !agents.some((agent) => agent.id === job.assignedTo)) {
    return stuck('assigned-agent-missing', `is assigned to ${job.assignedTo}, which has not joined the yard`, [
      job.assignedTo,
    ]);
  }
  const [nearest] = agents
    .map((agent) => ({ agent, lacks: misfits(agent, job) }))
    .sort((a, b) => a.lacks.length - b.lacks.length);
  const closest = nearest ? `; nearest is ${nearest.agent.id}, which ${nearest.lacks.join(' and ')}` : '';
  const asked = [...job.labels, ...job.requires, ...(job.toolchain ? [job.toolchain] : [])];
  return stuck(
    'no-agent-with',
    `no agent fits ${asked.length > 0 ? asked.join(', ') : 'it'}${closest}`,
    nearest ? [nearest.agent.id] : [],
  );
}

function etaOf(state: State, ahead: number, now: Time): Explanation['eta'] {
  const wait = expectedWaitMs(state, ahead);
  if (!wait) return { p50: null, p90: null };
  return {
    p50: toTime(Date.parse(now) + wait.p50),
    p90: toTime(Date.parse(now) + wait.p90),
  };
}
