/**
 * What is well with an agent and what is not, point by point (REQUIREMENTS R110, R119). Of an agent that is not heard of nobody
 * knows how it is: what it measured last says nothing of now, and unknown is neither well nor ill.
 */
import type { Agent } from '../entities/agent.ts';
import type { Heartbeat } from '../entities/heartbeat.ts';
import type { AgentStatus } from '../entities/read-model.ts';
import { isoDuration } from '../iso-duration.ts';
import { isSick } from '../operations/agents/sick-agent.ts';
import { modeOf } from '../scheduling/pauses.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { agentStatus, isStopped } from './agent-status.ts';
import { healthOf } from './fleet-health.ts';
import { machineHealth, type Strain } from './machine-health.ts';

/** Absent: not there, which is no fault of an agent that is not asked for it. */
export const CHECK_STATUSES = ['Healthy', 'Degraded', 'Unhealthy', 'Absent', 'Unknown'] as const;
export interface HealthCheck {
  readonly name: string;
  readonly status: (typeof CHECK_STATUSES)[number];
  readonly message: string;
}

export interface AgentCheckup {
  readonly agentId: string;
  /** null: nobody knows. */
  readonly healthy: boolean | null;
  readonly status: AgentStatus;
  /** Percent, 0 to 100; null: it did not say. */
  readonly cpuUsage: number | null;
  readonly memoryUsage: number | null;
  /** In units of 10⁹ bytes. */
  readonly diskSpaceAvailableGB: number | null;
  readonly lastHeartbeat: Time | null;
  /** Of its machine, ISO 8601. */
  readonly uptime: string | null;
  readonly checks: readonly HealthCheck[];
}

export function agentCheckup(state: State, agent: Agent, now: Time): AgentCheckup {
  const heartbeat = state.heartbeats.get(agent.id);
  const checks = checksOf(state, agent, now);
  return {
    agentId: agent.id,
    healthy: verdictOf(checks),
    status: agentStatus(state, agent, now),
    cpuUsage: heartbeat?.machine.cpuPercent ?? null,
    memoryUsage: heartbeat?.machine.memoryPercent ?? null,
    diskSpaceAvailableGB: heartbeat?.machine.diskFreeGB ?? null,
    lastHeartbeat: heartbeat?.at ?? null,
    uptime: heartbeat ? isoDuration(heartbeat.machine.uptimeSeconds * 1000) : null,
    checks,
  };
}

export function isHealthy(state: State, agent: Agent, now: Time): boolean | null {
  return verdictOf(checksOf(state, agent, now));
}

function verdictOf([heartbeat, ...others]: readonly HealthCheck[]): boolean | null {
  if (heartbeat?.status === 'Unknown') return null;
  return [heartbeat, ...others].every((it) => it?.status !== 'Unhealthy');
}

/** The sign of life first: all else is known by it. */
function checksOf(state: State, agent: Agent, now: Time): readonly HealthCheck[] {
  const beat = state.heartbeats.get(agent.id);
  const life = signOfLife(state, agent, now);
  const present = life.status === 'Healthy' || life.status === 'Degraded' ? beat : undefined;
  const strains = machineHealth(present, state.yard);
  return [
    life,
    tool('.NET SDK', newest(agent, 'dotnet')),
    tool('Git', newest(agent, 'git')),
    tool('Docker', newest(agent, 'docker') ?? newest(agent, 'podman')),
    measured('Disk Space', strained(strains, 'disk'), freeText(present?.machine.diskFreeGB)),
    measured('Processor', strained(strains, 'cpu'), shareText(present?.machine.cpuPercent)),
    measured('Memory', strained(strains, 'memory'), shareText(present?.machine.memoryPercent)),
    measured('Network', undefined, answersText(present?.remoteMs)),
    daemon(present),
    builds(agent, now),
  ];
}

function signOfLife(state: State, { id }: Agent, now: Time): HealthCheck {
  const name = 'Heartbeat';
  if (isStopped(state, id)) return { name, status: 'Unhealthy', message: 'its daemon was stopped' };
  const at = state.heartbeats.get(id)?.at;
  switch (healthOf(state, id, now)) {
    case 'fresh':
      return { name, status: 'Healthy', message: `last at ${at}` };
    case 'late':
      return { name, status: 'Degraded', message: `late, last at ${at}` };
    case 'silent':
      return { name, status: 'Unhealthy', message: `silent since ${at}` };
    case 'unknown':
      return { name, status: 'Unknown', message: 'never heard of' };
  }
}

function tool(name: string, version: string | undefined): HealthCheck {
  if (version === undefined) return { name, status: 'Absent', message: 'not installed' };
  return { name, status: 'Healthy', message: version };
}

function newest({ capabilities: { sdks = {}, tools } }: Agent, name: string): string | undefined {
  const side = Object.hasOwn(sdks, name) ? sdks[name] : undefined;
  if (side && side.length > 0) return side.join(', ');
  return Object.hasOwn(tools, name) ? tools[name] : undefined;
}

const strained = (strains: readonly Strain[], of: Strain['of']): Strain | undefined =>
  strains.find((it) => it.of === of);

function measured(name: string, strain: Strain | undefined, message: string | undefined): HealthCheck {
  if (message === undefined) return { name, status: 'Unknown', message: 'it did not say' };
  if (!strain) return { name, status: 'Healthy', message };
  return { name, status: strain.level === 'critical' ? 'Unhealthy' : 'Degraded', message: strain.text };
}

const freeText = (free: number | null | undefined): string | undefined =>
  free == null ? undefined : `${free} GB free`;
const shareText = (percent: number | null | undefined): string | undefined =>
  percent == null ? undefined : `${percent} % in use`;
const answersText = (ms: number | null | undefined): string | undefined =>
  ms == null ? undefined : `the remote answers in ${Math.round(ms)} ms`;

function daemon(beat: Heartbeat | undefined): HealthCheck {
  const name = 'Daemon';
  if (!beat) return { name, status: 'Unknown', message: 'it did not say' };
  const failing = beat.loops.find((it) => it.error !== null);
  if (failing) return { name, status: 'Degraded', message: `${failing.name}: ${failing.error}` };
  return { name, status: 'Healthy', message: beat.takesNoJobs ?? 'all of it runs' };
}

/** A machine whose builds fail one after the other by its own fault is sick, whatever it measures. */
function builds(agent: Agent, now: Time): HealthCheck {
  const name = 'Builds';
  if (isSick(agent) && modeOf(agent, now) === 'maintenance')
    return { name, status: 'Unhealthy', message: agent.modeReason ?? 'sick' };
  return { name, status: 'Healthy', message: 'none failed by its fault lately' };
}
