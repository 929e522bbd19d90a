/** The fleet in numbers at one instant, for who keeps and draws numbers: how many, how old, how full. Names only what is few. */
import type { Agent } from '../entities/agent.ts';
import { JOB_STATUSES, type JobStatus } from '../entities/job.ts';
import { AGENT_STATUSES, type AgentStatus, HEALTHS, type Health } from '../entities/read-model.ts';
import { boardOf } from '../scheduling/board.ts';
import { modeOf, queuePauses } from '../scheduling/pauses.ts';
import { waitsSince } from '../scheduling/waiting.ts';
import type { State } from '../state.ts';
import { elapsedMs, type Time, toMs } from '../time.ts';
import { agentStatus, isStopped } from './agent-status.ts';
import { healthOf } from './fleet-health.ts';
import { needsYou } from './needs-you.ts';
import { waitingLine } from './waiting-line.ts';
import { type Share, workRecord } from './work-record.ts';

export interface FleetFigures {
  readonly agents: Readonly<Record<AgentStatus, number>>;
  /** Of those that should be there: neither stopped nor in maintenance. */
  readonly healths: Readonly<Record<Health, number>>;
  readonly jobs: Readonly<Record<JobStatus, number>>;
  /** Queued, and nobody can run them unless a person acts. */
  readonly stuckJobs: number;
  /** Of the queued job that waits longest for nothing but an agent; 0 = none does. */
  readonly oldestWaitSeconds: number;
  readonly pausedQueues: number;
  /** By its code, how many things need a person. */
  readonly needs: ReadonlyMap<string, number>;
  readonly success: { readonly day: Share; readonly week: Share; readonly month: Share };
  /** Of what the builds of agents that live looked up; null: nothing. */
  readonly cacheHitRatio: number | null;
  readonly machines: readonly MachineFigures[];
}

export interface MachineFigures {
  readonly agent: string;
  readonly status: AgentStatus;
  readonly slots: number;
  readonly running: number;
  readonly cpuRatio: number | null;
  readonly memoryRatio: number | null;
  readonly diskFreeBytes: number | null;
  readonly uptimeSeconds: number | null;
  readonly lastBeatSeconds: number | null;
}

export function fleetFigures(state: State, now: Time): FleetFigures {
  const agents = [...state.agents].sort((a, b) => (a.id < b.id ? -1 : 1));
  const wanted = agents.filter((it) => modeOf(it, now) !== 'maintenance' && !isStopped(state, it.id));
  return {
    agents: counted(AGENT_STATUSES, agents, (it) => agentStatus(state, it, now)),
    healths: counted(HEALTHS, wanted, (it) => healthOf(state, it.id, now)),
    jobs: counted(JOB_STATUSES, state.jobs, (it) => it.status),
    stuckJobs: waitingLine(state, now).filter((it) => !it.explanation.canEverRun).length,
    oldestWaitSeconds: oldestWait(state, now),
    pausedQueues: queuePauses(state, now).length,
    needs: codesOf(state, now),
    success: workRecord(state, now).success,
    cacheHitRatio: hitRatio(state),
    machines: agents.map((it) => machineFigures(state, it, now)),
  };
}

function counted<K extends string, T>(keys: readonly K[], all: Iterable<T>, keyOf: (it: T) => K): Record<K, number> {
  const counts = Object.fromEntries(keys.map((it) => [it, 0])) as Record<K, number>;
  for (const it of all) counts[keyOf(it)]++;
  return counts;
}

function oldestWait(state: State, now: Time): number {
  let oldestMs = 0;
  for (const job of boardOf(state).queued) {
    const since = waitsSince(state, job, now);
    if (since !== null) oldestMs = Math.max(oldestMs, elapsedMs(since, now));
  }
  return oldestMs / 1000;
}

function codesOf(state: State, now: Time): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of needsYou(state, now)) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

function hitRatio({ heartbeats }: State): number | null {
  let [hits, misses] = [0, 0];
  for (const { cache } of heartbeats) {
    hits += cache?.hits ?? 0;
    misses += cache?.misses ?? 0;
  }
  return hits + misses === 0 ? null : hits / (hits + misses);
}

const GIGABYTE = 1e9;

function machineFigures(state: State, agent: Agent, now: Time): MachineFigures {
  const heartbeat = state.heartbeats.get(agent.id);
  const { cpuPercent = null, memoryPercent = null, diskFreeGB = null, uptimeSeconds } = heartbeat?.machine ?? {};
  return {
    agent: agent.id,
    status: agentStatus(state, agent, now),
    slots: agent.slots,
    running: boardOf(state).heldBy.get(agent.id)?.length ?? 0,
    cpuRatio: cpuPercent === null ? null : cpuPercent / 100,
    memoryRatio: memoryPercent === null ? null : memoryPercent / 100,
    diskFreeBytes: diskFreeGB === null ? null : diskFreeGB * GIGABYTE,
    uptimeSeconds: uptimeSeconds ?? null,
    lastBeatSeconds: heartbeat ? toMs(heartbeat.at) / 1000 : null,
  };
}
