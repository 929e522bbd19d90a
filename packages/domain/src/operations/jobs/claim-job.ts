/** Gives an agent the first queued job that it can run, with the next token. Knows nothing of files, commits or clocks. */
import { tellSender } from '../../chat/notify-sender.ts';
import { accept, type Decision, refuse } from '../../decision.ts';
import type { Agent } from '../../entities/agent.ts';
import type { Attempt } from '../../entities/attempt.ts';
import type { Job } from '../../entities/job.ts';
import { asAsked } from '../../scheduling/as-asked.ts';
import { blockers } from '../../scheduling/blockers.ts';
import { misfits } from '../../scheduling/eligibility.ts';
import { nextToken } from '../../scheduling/next-token.ts';
import { whyIdle } from '../../scheduling/pauses.ts';
import { freeSlots, pickJob } from '../../scheduling/pick.ts';
import { roomProblem } from '../../scheduling/reservation.ts';
import { asAssigned } from '../../scheduling/waiting.ts';
import { putJob, type State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { takeLocks } from './job-locks.ts';

export interface ClaimJob {
  readonly agentId: string;
  /** Nonce of the daemon that will keep the claim alive by its heartbeats; null when a person or script claims by hand. */
  readonly boot: string | null;
  /** Only this job, instead of the first one. */
  readonly jobId?: string;
  readonly now: Time;
}

export function claimJob(state: State, { agentId, boot, jobId, now }: ClaimJob): Decision<Job> {
  const agent = state.agents.get(agentId);
  if (!agent) return refuse('UNKNOWN_AGENT', `agent ${agentId} has not registered`, [agentId]);
  if (boot !== null && boot !== agent.boot)
    return refuse('DUPLICATE_AGENT', `another daemon acts as ${agentId}`, [agentId]);
  const idle = whyIdle(state, agent, now);
  if (idle !== undefined) return refuse('AGENT_NOT_ACTIVE', `agent ${agentId} may claim nothing: ${idle}`, [agentId]);
  if (freeSlots(state, agent) <= 0) return refuse('NO_RUNNABLE_JOB', `agent ${agentId} has no free slot`, [agentId]);

  const found = jobId === undefined ? pickJob(state, agent, now) : state.jobs.get(jobId);
  if (!found && jobId !== undefined) return refuse('NOT_FOUND', `there is no job ${jobId}`, [jobId]);
  if (!found) return refuse('NO_RUNNABLE_JOB', `no queued job fits agent ${agentId} now`, [agentId]);
  const hindrance = jobId === undefined ? undefined : hindranceOf(state, agent, found, now);
  if (hindrance !== undefined) return refuse('NOT_RUNNABLE', `job ${found.id} ${hindrance}`, [found.id]);

  const job = claimed(found, { agentId, boot, now, token: nextToken(state, found.token) });
  const told = tellSender(state, job, { notice: 'claimed', worker: agentId, now });
  const changes = [putJob(job), ...takeLocks(state, job, now), ...told];
  return accept(job, changes, `claim job ${job.id} for ${agentId}`, {
    agent: agentId,
    job: job.id,
    token: job.token,
  });
}

interface Claiming extends Pick<ClaimJob, 'agentId' | 'boot' | 'now'> {
  readonly token: number;
}

function hindranceOf(state: State, agent: Agent, job: Job, now: Time): string | undefined {
  if (job.status !== 'queued') return `is ${job.status}`;
  return (
    blockers(state, job, now)[0]?.text ??
    misfits(agent, asAsked(state, job, now)).map((it) => `cannot run on ${agent.id}, which ${it}`)[0] ??
    roomProblem(state, agent, job)?.replace(/^/, `cannot run on ${agent.id}, which `)
  );
}

/** The token lives on the job, so it keeps rising whatever becomes of its holders. */
function claimed(job: Job, { agentId, boot, token, now }: Claiming): Job {
  const attempt: Attempt = {
    number: job.attempts.length + 1,
    agent: agentId,
    token,
    boot,
    startedAt: now,
    endedAt: null,
    status: 'claimed',
    cause: null,
    exitCode: null,
    signal: null,
    reason: null,
    stages: [],
    late: null,
  };
  return {
    ...job,
    status: 'claimed',
    token,
    agent: agentId,
    notBefore: null,
    paused: null,
    ...(asAssigned(job, now) === job ? {} : { assignedTo: null, assignedUntil: null }),
    attempts: [...job.attempts, attempt],
  };
}
