/** Which job this agent would claim now, from the state in memory; and in words what it does about it, or why there is none. */
import { type Agent, freeSlots, type Job, pickJob, whyIdle } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import type { Refusal } from '../status-board.ts';
import { lacksDisk } from './lacks-disk.ts';
import { tellTakesNone } from './takes-none.ts';
import { distrust } from './trusted-job.ts';

export interface Next {
  readonly job?: Job;
  readonly doing: string;
  /** There is no answer yet: whoever asks once has to ask again. */
  readonly tooEarly?: boolean;
  /** The first that it would have claimed if it trusted it. */
  readonly distrusted?: Refusal;
}

export async function nextJob(context: AgentContext): Promise<Next> {
  const { yard, self, running, lease } = context;
  const trialOf = context.changing?.trialOf ?? null;
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
  const { job, passedOver, distrusted } = await firstOfOurs(context, agent);
  if (!job && trialOf) return { doing: `on trial: only job ${trialOf} may run before it has ended` };
  if (job) return { job, doing: `about to claim job ${job.id}` };
  const first = distrusted ?? passedOver[0];
  if (!first) return { doing: 'waiting for a queued job that fits' };
  const doing = `does not claim job ${first.job}: ${first.reason}`;
  return distrusted ? { distrusted, doing } : { doing };
}

/** In the order of the queue; what is passed over is published, so that who waits for it learns why. */
async function firstOfOurs(context: AgentContext, agent: Agent) {
  const { yard, board, self } = context;
  const passedOver: Refusal[] = [];
  let distrusted: Refusal | undefined;
  for (;;) {
    const except = new Set([...passedOver.map((it) => it.job), ...othersThanTrial(context)]);
    const job = pickJob(yard.state, agent, yard.now(), except);
    const doubt = job ? await distrust(context, job) : null;
    const reason = doubt ?? (job ? await lacksDisk(self.home, agent, job) : null);
    if (!job || reason === null) {
      board.refuses(passedOver);
      return { job, passedOver, distrusted };
    }
    const refusal = { job: job.id, reason };
    passedOver.push(refusal);
    if (doubt !== null) distrusted ??= refusal;
  }
}

/** A program that may be stopped any moment begins nobody's build. */
function othersThanTrial({ changing, yard }: AgentContext): string[] {
  const only = changing?.trialOf ?? null;
  return only === null ? [] : [...yard.state.jobs].map((it) => it.id).filter((it) => it !== only);
}
