/** One claimed job to its end: prove the lease, say that it starts, let time pass, hand the result in. */
import { isHeld } from '@gityard/domain';
import type { Agent, Holding } from './agent-context.ts';
import { handIn, noteLate } from './hand-in.ts';
import { isOfTheWorld, untilDone } from './program.ts';
import type { Finish } from './results.ts';

export async function runJob(agent: Agent, holding: Holding): Promise<void> {
  const over = new AbortController();
  void watchOver(agent, holding, over.signal);
  const [isProven] = await Promise.all([prove(agent, holding), sayStarted(agent, holding)]);
  const isBuilt = isProven && (await build(agent, holding));
  over.abort();
  if (!isBuilt) return release(agent, holding);

  await handIn(agent, finishOf(agent, holding));
}

/** Stops the build as soon as it must stop: taken from us, or not renewed in time. */
async function watchOver(agent: Agent, { job, token, sinceMs, stop }: Holding, over: AbortSignal): Promise<void> {
  const { bell, lease, yard, id } = agent;
  while (!over.aborted) {
    const since = bell.count;
    const now = yard.state.jobs.get(job.id);
    const config = yard.state.yard;
    const isOurs = now !== undefined && now.token === token && isHeld(now) && now.agent === id;
    const remainingMs = lease.remainingMs({ sinceMs, config });
    if (!isOurs || remainingMs <= 0) return stop.abort();
    await bell.wait({ since, ms: remainingMs, signal: over });
  }
}

async function prove({ bell, lease }: Agent, { job, token, stop }: Holding): Promise<boolean> {
  while (!stop.signal.aborted) {
    const since = bell.count;
    if (lease.isProven({ id: job.id, token })) return true;
    await bell.wait({ since, ms: Number.POSITIVE_INFINITY, signal: stop.signal });
  }
  return false;
}

/** The build goes on when this cannot be told. */
async function sayStarted({ world, yard, id }: Agent, { job, token }: Holding): Promise<void> {
  const input = { jobId: job.id, agentId: id, token, now: yard.now() };
  await world.calls.perform(yard, 'start', input).catch((error: unknown) => {
    if (!isOfTheWorld(error)) throw error;
  });
}

async function build(
  { world, life, id, lease, yard }: Agent,
  { job, token, sinceMs, stop }: Holding,
): Promise<boolean> {
  const isLive = () =>
    life.isAlive &&
    !life.machine.isStopped &&
    !stop.signal.aborted &&
    lease.remainingMs({ sinceMs, config: yard.state.yard }) > 0;
  world.promises.begun({ agent: id, job: job.id, token, isLive });
  // A build that was stopped is none; whatever else ends it, ends it.
  const ended = await life.ports.sleep(life.dice.about(world.buildMs), stop.signal).then(
    () => true,
    () => false,
  );
  world.promises.ended({ job: job.id, token });
  return ended;
}

async function release(agent: Agent, { job, token }: Holding): Promise<void> {
  const { world, yard, life, id, lease } = agent;
  if (!lease.isProven({ id: job.id, token })) lease.couldNotProve(yard.state.yard);
  const input = { jobId: job.id, token, by: id, reason: 'stopped', returned: true };
  const outcome = await untilDone(life, () => world.calls.perform(yard, 'requeue', { ...input, now: yard.now() }));
  if (!outcome.ok) await noteLate(agent, { jobId: job.id, agentId: id, token, status: 'cancelled', exitCode: null });
}

function finishOf({ life, yard, id }: Agent, { job, token }: Holding): Finish {
  const failed = life.dice.chance(0.2);
  return {
    jobId: job.id,
    agentId: id,
    token,
    status: failed ? 'failed' : 'succeeded',
    cause: failed ? 'code' : null,
    exitCode: failed ? 1 : 0,
    signal: null,
    reason: null,
    stages: [],
    result: { exitCode: failed ? 1 : 0, artifacts: 0, manifest: null, log: null, tests: null, isolation: null },
    now: yard.now(),
  };
}
