/** What is told of agents, as the description has it. */
import { AGENT_STATUSES, CHECK_STATUSES, closed, HEALTHS, TARGET_TYPES } from '@gityard/domain';
import { count, listOf, named, nullable, text, time, words } from '../schemas.ts';

const percent = { type: ['number', 'null'], minimum: 0, maximum: 100, description: 'percent; null: it did not say' };
const gigabytes = { type: 'number', minimum: 0, description: 'in units of 10⁹ bytes' } as const;
const status = { enum: AGENT_STATUSES } as const;
const agentId = { ...text, description: 'of the agent' } as const;
const version = { ...text, description: 'its name and its version, e.g. "dotnet 8.0.404"' } as const;

export const BY_ID = words(
  { id: { ...text, maxLength: 255, description: 'of an agent, or the beginning of it that no other has' } },
  ['id'],
);

const CAPABILITIES = closed(
  {
    installedSdks: listOf(version),
    installedTools: listOf(version),
    maxConcurrentBuilds: count,
    availableDiskSpaceGB: nullable(gigabytes),
    cpuCores: count,
    totalMemoryGB: gigabytes,
  },
  ['installedSdks', 'installedTools', 'maxConcurrentBuilds', 'availableDiskSpaceGB', 'cpuCores', 'totalMemoryGB'],
);

const AGENT_FIELDS = {
  agentId,
  hostname: text,
  targetType: { enum: [...TARGET_TYPES, null], description: 'null: nobody knows its system' },
  pool: text,
  labels: listOf(text),
  status,
  health: { enum: HEALTHS, description: 'by its heartbeats alone' },
  mode: { enum: ['active', 'draining', 'maintenance'] },
  modeReason: nullable(text),
  modeUntil: nullable(time),
  currentJob: nullable(text),
  currentJobs: listOf(text),
  cpuUsage: percent,
  memoryUsage: percent,
  lastHeartbeat: nullable(time),
  capabilities: CAPABILITIES,
};
type AgentField = keyof typeof AGENT_FIELDS;
export const AGENT = named('Agent', closed(AGENT_FIELDS, Object.keys(AGENT_FIELDS) as AgentField[]));

const CHECK = closed({ name: text, status: { enum: CHECK_STATUSES }, message: text }, ['name', 'status', 'message']);

const CHECKUP_FIELDS = {
  agentId,
  healthy: { type: ['boolean', 'null'], description: 'null: nobody ever heard of it' },
  status,
  cpuUsage: percent,
  memoryUsage: percent,
  diskSpaceAvailableGB: nullable(gigabytes),
  lastHeartbeat: nullable(time),
  uptime: { ...nullable(text), description: 'of its machine, ISO 8601, e.g. PT72H' },
  checks: listOf(CHECK),
};
type CheckupField = keyof typeof CHECKUP_FIELDS;
export const CHECKUP = named('AgentHealth', closed(CHECKUP_FIELDS, Object.keys(CHECKUP_FIELDS) as CheckupField[]));

const POOL_FIELDS = {
  pool: text,
  totalAgents: count,
  healthyAgents: { ...count, description: 'that are heard of and have nothing wrong with them, whatever they do' },
  busyAgents: count,
  idleAgents: count,
  offlineAgents: count,
  maintenanceAgents: count,
  unknownAgents: { ...count, description: 'that nobody ever heard of' },
};
type PoolField = keyof typeof POOL_FIELDS;
export const POOL = named('Pool', closed(POOL_FIELDS, Object.keys(POOL_FIELDS) as PoolField[]));

export const NO_AGENT = { description: 'There is no such agent.' } as const;
export const NOT_CLEAR = { description: 'Several agents begin with that; `detail` names them.' } as const;
