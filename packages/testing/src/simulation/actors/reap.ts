/** Takes jobs back from holders that are gone: at once when they began anew, else when they gave no sign for too long. */
import { Sightings } from '@gityard/agent/sightings';
import { currentAttempt, isHeld, type State } from '@gityard/domain';
import type { Observer } from '../world.ts';
import { type Agent, pollMs } from './agent-context.ts';

/** One watch, from the first look to the first failure to look: a silence that was ours must not be blamed on others. */
export async function reap(agent: Agent): Promise<never> {
  const { yard, life, world } = agent;
  const observer = world.flaws.observer?.(life) ?? new Sightings();
  let readMs = Number.NEGATIVE_INFINITY;
  for (;;) {
    if (life.ports.monotonicMs() - readMs >= liveEveryMs(agent)) {
      await yard.live.refresh();
      readMs = life.ports.monotonicMs();
      observer.observe(yard.state, {
        nowMs: readMs,
        gapMs: 2 * liveEveryMs(agent) + 2 * pollMs(yard.state.yard) + 1_000,
      });
    }
    for (const { id, token } of [...begunAnew(agent), ...silent(agent, observer)]) await takeBack(agent, id, token);
    await life.ports.sleep(pollMs(yard.state.yard) * life.dice.between(0.9, 1.1));
  }
}

function liveEveryMs({ yard, lease }: Agent): number {
  const { yard: config } = yard.state;
  return Math.max(pollMs(config), Math.min(lease.lengthMs(config) / 8, config.heartbeat.intervalSeconds * 1000));
}

function begunAnew({ yard, boot }: Agent) {
  const { jobs, agents } = yard.state;
  return [...jobs].filter(isHeld).filter((job) => {
    const attempt = currentAttempt(job);
    const registered = attempt && agents.get(attempt.agent);
    return registered && attempt.boot !== boot && registered.boot !== attempt.boot;
  });
}

function silent({ yard, boot }: Agent, observer: Observer) {
  const overdue = observer.overdue(yard.state).filter(({ attempt }) => attempt.boot !== boot);
  return overdue.map(({ job }) => job);
}

async function takeBack({ world, yard, id, life }: Agent, jobId: string, token: number): Promise<void> {
  // Somebody else may be about to do the same.
  await life.ports.sleep(life.dice.between(0, 500));
  if (!isStillHeld(yard.state, jobId, token)) return;
  const input = { jobId, token, by: id, reason: 'no sign of life', now: yard.now() };
  await world.calls.perform(yard, 'requeue', input);
}

function isStillHeld({ jobs }: State, jobId: string, token: number): boolean {
  const job = jobs.get(jobId);
  return job !== undefined && isHeld(job) && job.token === token;
}
