/** Which job this agent would claim now, from the state in memory; and in words what it does about it, or why there is none. */
import { freeSlots, type Job, pickJob } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import { freeDiskBytes } from '../machine.ts';
import { nowTime } from '../pause.ts';

const LEAST_FREE_BYTES = 256 * 1024 * 1024;

export interface Next {
  readonly job?: Job;
  readonly doing: string;
}

export async function nextJob({ yard, self, running }: AgentContext): Promise<Next> {
  const { state } = yard;
  const agent = state.agents.get(self.id);
  if (!agent) return { doing: 'waiting to be registered' };
  if (agent.mode !== 'active') return { doing: `takes no jobs: ${agent.mode}` };
  if (Math.min(freeSlots(state, agent), agent.slots - running.size) <= 0)
    return { doing: `running ${running.size} ${running.size === 1 ? 'job' : 'jobs'}, no slot free` };
  const job = pickJob(state, agent, nowTime());
  if (!job) return { doing: 'waiting for a queued job that fits' };
  const freeBytes = await freeDiskBytes(self.home);
  if (freeBytes < LEAST_FREE_BYTES)
    return { doing: `takes no jobs: only ${Math.floor(freeBytes / 1e6)} MB free in ${self.home}` };
  return { job, doing: `about to claim job ${job.id}` };
}
