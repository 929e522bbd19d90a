/** One sign of life, and the wait for the next: at each interval, and soon after the jobs changed. */
import { after, type Heartbeat } from '@gityard/domain';
import type { Agent } from './agent-context.ts';

const SHORTEST_MS = 1_000;

export async function beat(agent: Agent): Promise<void> {
  const { life, heart, bell, lease } = agent;
  const startedMs = life.ports.monotonicMs();
  const named = namesOf(agent);
  await heart.refresh();
  if (heart.state.agents.get(agent.id)?.boot !== agent.boot) return life.ports.sleep(intervalMs(agent));

  const heartbeat = heartbeatOf(agent);
  await heart.live.beat({ heartbeat: () => heartbeat, model: () => null });
  lease.memory.renewed(BigInt(Math.round(startedMs * 1e6)));
  lease.acknowledged(heartbeat);
  bell.ring();
  await untilNext(agent, { startedMs, named });
}

function heartbeatOf({ id, boot, heart, lease, held }: Agent): Heartbeat {
  const at = heart.now();
  const seconds = heart.state.yard.heartbeat.intervalSeconds;
  return {
    schemaVersion: 1,
    agent: id,
    boot,
    beat: lease.beats + 1,
    at,
    nextBeatBy: after(at, seconds * 1000),
    host: id,
    pid: 1,
    version: '',
    jobs: [...held.values()].map((it) => ({ id: it.job.id, token: it.token, stage: null, progress: null })),
    loops: [],
    upkeep: [],
    takesNoJobs: null,
    stopped: false,
    pushes: 0,
    machine: NO_FIGURES,
    before: null,
    remoteMs: null,
    channels: [],
  };
}

async function untilNext(agent: Agent, { startedMs, named }: { startedMs: number; named: string }): Promise<void> {
  const { life, bell } = agent;
  for (;;) {
    const since = bell.count;
    const gapMs = namesOf(agent) === named ? intervalMs(agent) : SHORTEST_MS;
    const ms = startedMs + gapMs - life.ports.monotonicMs();
    if (ms <= 0) return;
    await bell.wait({ since, ms });
  }
}

const namesOf = ({ held }: Agent): string => [...held.keys()].join();
const intervalMs = ({ heart, life }: Agent): number =>
  heart.state.yard.heartbeat.intervalSeconds * 1000 * life.dice.between(0.95, 1.05);

const NO_FIGURES = {
  cpuPercent: null,
  memoryPercent: null,
  diskPercent: null,
  diskFreeGB: null,
  load1: null,
  uptimeSeconds: 0,
  temperatureC: null,
};
