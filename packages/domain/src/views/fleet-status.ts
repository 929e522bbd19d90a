/** `gityard status`: the fleet at a glance, worst first. Knows of the connection only what it is told. */
import type { Agent } from '../entities/agent.ts';
import type { AgentStatus, Health, NeedsYou } from '../entities/read-model.ts';
import { boardOf } from '../scheduling/board.ts';
import { modeOf, type QueuePause, queuePauses } from '../scheduling/pauses.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { agentStatus, agentsWorstFirst, isStopped } from './agent-status.ts';
import { fileProblems } from './broken-files.ts';
import { healthOf } from './fleet-health.ts';
import { jobTotals } from './job-totals.ts';
import { type LockView, locksInUse, lockView } from './lock-view.ts';
import { machineHealth, type StrainLevel, strainLevel } from './machine-health.ts';
import { needsYou } from './needs-you.ts';
import { type UpkeepLine, upkeepLines } from './upkeep.ts';
import { uptimePercent } from './uptime.ts';
import { type WorkRecord, workRecord } from './work-record.ts';

export interface Connection {
  readonly state: 'live' | 'late' | 'offline' | 'denied' | 'invalid';
  readonly lastContactAt: Time | null;
  readonly pushBudget: { readonly perMinute: number | null; readonly used: number; readonly left: number | null };
  /** Operations that wait on this machine for the remote. */
  readonly spool: number;
}

export interface AgentLine {
  readonly id: string;
  readonly pool: string;
  readonly status: AgentStatus;
  readonly mode: Agent['mode'];
  /** Who drains or mends it, why, and until when; null for one that is active. */
  readonly modeBy: string | null;
  readonly modeReason: string | null;
  readonly modeUntil: Time | null;
  readonly health: Health;
  readonly lastBeatAt: Time | null;
  readonly nextBeatBy: Time | null;
  readonly job: string | null;
  /** Why it claims nothing now, by its own word. */
  readonly takesNoJobs: string | null;
  /** By its own last word: that it is not heard of any more is no surprise. */
  readonly stopped: boolean;
  readonly cpuPercent: number | null;
  readonly memoryPercent: number | null;
  readonly diskFreeGB: number | null;
  readonly temperatureC: number | null;
  /** How long the remote takes to answer it. */
  readonly remoteMs: number | null;
  /** Of what its builds looked up in the cache, in this life. */
  readonly cacheHits: number;
  readonly cacheMisses: number;
  readonly strain: StrainLevel;
  readonly strains: readonly string[];
  readonly buildsToday: number;
  /** Of the last seven days, and of how many builds. */
  readonly successPercent: number | null;
  readonly successOf: number;
  readonly uptimePercent: number | null;
}

export interface FleetStatus {
  readonly yard: string;
  readonly head: string;
  readonly at: Time;
  readonly connection: Connection;
  readonly agents: readonly AgentLine[];
  /** Where nothing is claimed now. */
  readonly paused: readonly QueuePause[];
  readonly jobs: ReturnType<typeof jobTotals>;
  readonly locks: readonly LockView[];
  readonly needsYou: readonly NeedsYou[];
  readonly upkeep: readonly UpkeepLine[];
  /** Of the whole fleet. */
  readonly work: WorkRecord;
  /** How many; each is told of under `needsYou`. */
  readonly quarantined: number;
}

export function fleetStatus(
  state: State,
  now: Time,
  { head, connection }: { head: string; connection: Connection },
): FleetStatus {
  return {
    yard: state.yard.name,
    head,
    at: now,
    connection,
    agents: agentsWorstFirst(state, now).map((agent) => agentLine(state, agent, now)),
    paused: queuePauses(state, now),
    jobs: jobTotals(state, now),
    locks: locksInUse(state).map(lockView),
    needsYou: needsYou(state, now),
    upkeep: upkeepLines(state),
    work: workRecord(state, now),
    quarantined: fileProblems(state).length,
  };
}

export function agentLine(state: State, agent: Agent, now: Time): AgentLine {
  const heartbeat = state.heartbeats.get(agent.id);
  const strains = machineHealth(heartbeat, state.yard);
  const { buildsToday, success } = workRecord(state, now, agent.id);
  return {
    id: agent.id,
    pool: agent.pool,
    status: agentStatus(state, agent, now),
    mode: modeOf(agent, now),
    ...modeFacts(agent, now),
    health: healthOf(state, agent.id, now),
    lastBeatAt: heartbeat?.at ?? null,
    nextBeatBy: heartbeat?.nextBeatBy ?? null,
    job: boardOf(state).heldBy.get(agent.id)?.[0]?.id ?? null,
    takesNoJobs: heartbeat?.takesNoJobs ?? null,
    stopped: isStopped(state, agent.id),
    cpuPercent: heartbeat?.machine.cpuPercent ?? null,
    memoryPercent: heartbeat?.machine.memoryPercent ?? null,
    diskFreeGB: heartbeat?.machine.diskFreeGB ?? null,
    temperatureC: heartbeat?.machine.temperatureC ?? null,
    remoteMs: heartbeat?.remoteMs ?? null,
    cacheHits: heartbeat?.cache?.hits ?? 0,
    cacheMisses: heartbeat?.cache?.misses ?? 0,
    strain: strainLevel(strains),
    strains: strains.map((it) => it.text),
    buildsToday,
    successPercent: success.week.percent,
    successOf: success.week.of,
    uptimePercent: uptimePercent(state, agent.id, now).week,
  };
}

function modeFacts(agent: Agent, now: Time): Pick<AgentLine, 'modeBy' | 'modeReason' | 'modeUntil'> {
  if (modeOf(agent, now) === 'active') return { modeBy: null, modeReason: null, modeUntil: null };
  const { modeBy, modeReason, modeUntil } = agent;
  return { modeBy, modeReason, modeUntil };
}
