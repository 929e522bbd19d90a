/** Claims a job while a slot is free and its lease would be seen, and runs it beside the others. */
import { currentAttempt, freeSlots, isHeld, type Job, pickJob } from '@gityard/domain';
import { type Agent, pollMs, SLOTS } from './agent-context.ts';
import { runJob } from './run-job.ts';

export async function work(agent: Agent): Promise<void> {
  const { yard, life, bell, world } = agent;
  const since = bell.count;
  for (const job of forgotten(agent)) begin(agent, job, life.ports.monotonicMs());
  if (wouldClaim(agent)) {
    const sinceMs = life.ports.monotonicMs();
    const input = { agentId: agent.id, boot: agent.boot, now: yard.now() };
    const outcome = await world.calls.perform(yard, 'claim', input);
    if (outcome.ok) return begin(agent, outcome.result, sinceMs);
  }
  await bell.wait({ since, ms: pollMs(yard.state.yard) });
}

/** Claims whose answer was lost. */
function forgotten({ yard, id, boot, held }: Agent): Job[] {
  const ours = [...yard.state.jobs].filter((job) => isHeld(job) && job.agent === id);
  return ours.filter((job) => currentAttempt(job)?.boot === boot && !held.has(`${job.id}/${job.token}`));
}

function wouldClaim({ yard, id, lease, held }: Agent): boolean {
  const agent = yard.state.agents.get(id);
  if (!agent || lease.beats === 0 || !lease.isRenewed(yard.state.yard) || lease.isResting()) return false;
  if (Math.min(freeSlots(yard.state, agent), SLOTS - held.size) <= 0) return false;
  return pickJob(yard.state, agent, yard.now()) !== undefined;
}

function begin(agent: Agent, job: Job, sinceMs: number): void {
  const holding = { job, token: job.token, sinceMs, stop: new AbortController() };
  const key = `${job.id}/${job.token}`;
  agent.held.set(key, holding);
  agent.bell.ring();
  void runJob(agent, holding)
    .catch((error: unknown) => agent.world.violations.add('no-bug', `running ${key}: ${(error as Error).stack}`))
    .finally(() => {
      agent.held.delete(key);
      agent.bell.ring();
    });
}
