/** An agent as programs that steer a fleet ask for it (REQUIREMENTS R109, R118): what it is, what it can do, how busy it is. */
import type { Agent } from '../entities/agent.ts';
import type { AgentStatus, Health } from '../entities/read-model.ts';
import { boardOf } from '../scheduling/board.ts';
import { modeOf } from '../scheduling/pauses.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { agentStatus } from './agent-status.ts';
import { healthOf } from './fleet-health.ts';

export const TARGET_TYPES = ['Linux', 'Windows', 'MacOS', 'Docker'] as const;
export type TargetType = (typeof TARGET_TYPES)[number];

export interface AgentView {
  readonly agentId: string;
  readonly hostname: string;
  /** null: its pool has a name of the team's own, and nobody knows the system. */
  readonly targetType: TargetType | null;
  readonly pool: string;
  readonly labels: readonly string[];
  readonly status: AgentStatus;
  readonly health: Health;
  readonly mode: Agent['mode'];
  /** Of its mode; null for one that is active. */
  readonly modeReason: string | null;
  readonly modeUntil: Time | null;
  readonly currentJob: string | null;
  /** All that it builds at once, the current one first. */
  readonly currentJobs: readonly string[];
  /** Percent, 0 to 100; null: it did not say. */
  readonly cpuUsage: number | null;
  readonly memoryUsage: number | null;
  readonly lastHeartbeat: Time | null;
  readonly capabilities: {
    /** `dotnet 8.0.404`: one for each version that stands there. */
    readonly installedSdks: readonly string[];
    /** `git 2.39.5` */
    readonly installedTools: readonly string[];
    readonly maxConcurrentBuilds: number;
    /** In units of 10⁹ bytes, as the memory; null: it did not say. */
    readonly availableDiskSpaceGB: number | null;
    readonly cpuCores: number;
    readonly totalMemoryGB: number;
  };
}

export function agentView(state: State, agent: Agent, now: Time): AgentView {
  const { capabilities } = agent;
  const heartbeat = state.heartbeats.get(agent.id);
  const held = (boardOf(state).heldBy.get(agent.id) ?? []).map((job) => job.id);
  const mode = modeOf(agent, now);
  return {
    agentId: agent.id,
    hostname: agent.host,
    targetType: targetTypeOf(agent),
    pool: agent.pool,
    labels: agent.labels,
    status: agentStatus(state, agent, now),
    health: healthOf(state, agent.id, now),
    mode,
    modeReason: mode === 'active' ? null : agent.modeReason,
    modeUntil: mode === 'active' ? null : agent.modeUntil,
    currentJob: held[0] ?? null,
    currentJobs: held,
    cpuUsage: heartbeat?.machine.cpuPercent ?? null,
    memoryUsage: heartbeat?.machine.memoryPercent ?? null,
    lastHeartbeat: heartbeat?.at ?? null,
    capabilities: {
      installedSdks: sdksOf(agent),
      installedTools: toolsOf(agent),
      maxConcurrentBuilds: agent.slots,
      availableDiskSpaceGB: heartbeat?.machine.diskFreeGB ?? null,
      cpuCores: capabilities.cores,
      totalMemoryGB: capabilities.memoryGB,
    },
  };
}

/** In the order of their names: a list that programs read is not sorted by how bad things are. */
export const agentViews = (state: State, now: Time): readonly AgentView[] =>
  [...state.agents].sort((a, b) => (a.id < b.id ? -1 : 1)).map((agent) => agentView(state, agent, now));

const OF_SYSTEM: Readonly<Record<string, TargetType>> = { linux: 'Linux', win32: 'Windows', darwin: 'MacOS' };

function targetTypeOf({ pool, capabilities: { os } }: Agent): TargetType | null {
  const named = TARGET_TYPES.find((it) => it.toLowerCase() === pool.toLowerCase());
  return named ?? (Object.hasOwn(OF_SYSTEM, os) ? (OF_SYSTEM[os] ?? null) : null);
}

/** What comes in versions that are chosen from. The .NET SDK is one even where only its newest is known. */
function sdksOf({ capabilities: { sdks = {}, tools } }: Agent): readonly string[] {
  const known = Object.hasOwn(sdks, 'dotnet') || !Object.hasOwn(tools, 'dotnet') ? [] : [`dotnet ${tools.dotnet}`];
  const listed = Object.entries(sdks).flatMap(([name, versions]) => versions.map((it) => `${name} ${it}`));
  return [...known, ...listed];
}

function toolsOf({ capabilities: { sdks = {}, tools } }: Agent): readonly string[] {
  return (
    Object.entries(tools)
      // That one names a place, which is no tool.
      .filter(([name]) => name !== 'cache' && name !== 'dotnet' && !Object.hasOwn(sdks, name))
      .map(([name, version]) => `${name} ${version}`)
      .sort()
  );
}
