/** Which job this agent would claim now, from the state in memory; and in words what it does about it, or why there is none. */
import { freeSlots, type Job, pickJob, whyIdle } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import { tellTakesNone } from './takes-none.ts';

export interface Next {
  readonly job?: Job;
  readonly doing: string;
  /** There is no answer yet: whoever asks once has to ask again. */
  readonly tooEarly?: boolean;
}

export async function nextJob(context: AgentContext): Promise<Next> {
  const { yard, self, running, lease } = context;
  const { state } = yard;
  const agent = state.agents.get(self.id);
  if (!agent) return { doing: 'waiting to be registered' };
  // Others have to see us before they can see us hold a job.
  if (lease.beats === 0) return { doing: 'waiting for its first heartbeat to come through', tooEarly: true };
  const none = await tellTakesNone(context);
  const idle = whyIdle(state, agent, yard.now());
  if (idle !== undefined) return { doing: `takes no jobs: ${idle}` };
  if (none !== null) return { doing: `takes no jobs: ${none}` };
  if (Math.min(freeSlots(state, agent), agent.slots - running.size) <= 0)
    return { doing: `running ${running.size} ${running.size === 1 ? 'job' : 'jobs'}, no slot free` };
  const job = pickJob(state, agent, yard.now());
  return job ? { job, doing: `about to claim job ${job.id}` } : { doing: 'waiting for a queued job that fits' };
}
