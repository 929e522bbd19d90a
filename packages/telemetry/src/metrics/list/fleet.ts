/** The queue and the agents as they are now, seen by a server. */
import { metric } from '../metric.ts';

const agent = 'id of the agent; the first 100 by id, then "(others)": their sum, of ratios their average';

export const agents = metric({
  name: 'gityard_agents',
  type: 'gauge',
  help: 'Agents by status',
  labels: { status: ['Idle', 'Building', 'Offline', 'Maintenance'] },
  by: 'server',
  asked: 'ActiveAgents (Idle and Building)',
});
export const agentHealth = metric({
  name: 'gityard_agents_expected',
  type: 'gauge',
  help: 'Agents that were neither stopped nor put into maintenance, by how their heartbeats come',
  labels: { health: ['fresh', 'late', 'silent', 'unknown'] },
  by: 'server',
});
export const jobs = metric({
  name: 'gityard_jobs',
  type: 'gauge',
  help: 'Jobs in the state by status; those that ended stay until they are archived',
  labels: { status: ['queued', 'claimed', 'running', 'succeeded', 'failed', 'cancelled', 'expired'] },
  by: 'server',
  asked: 'QueuedBuilds (status="queued")',
});
export const stuckJobs = metric({
  name: 'gityard_jobs_stuck',
  type: 'gauge',
  help: 'Queued jobs that nobody can run unless a person acts',
  labels: {},
  by: 'server',
});
export const oldestWait = metric({
  name: 'gityard_queue_oldest_wait_seconds',
  type: 'gauge',
  help: 'How long the oldest queued job has been waiting for nothing but an agent; 0 = none does',
  labels: {},
  by: 'server',
});
export const pausedQueues = metric({
  name: 'gityard_queues_paused',
  type: 'gauge',
  help: 'Queues that a person paused: that of the fleet, and those of pools',
  labels: {},
  by: 'server',
});
export const needs = metric({
  name: 'gityard_needs_person',
  type: 'gauge',
  help: 'Things that go on only when a person acts',
  labels: { code: 'as in needsYou of gityard status; some twenty' },
  by: 'server',
});
export const agentStatus = metric({
  name: 'gityard_agent_status',
  type: 'gauge',
  help: 'Status of the agent: 1 for the one it has, 0 for the others',
  labels: { agent, status: 'Idle, Building, Offline or Maintenance' },
  by: 'server',
});
export const agentCpu = metric({
  name: 'gityard_agent_cpu_ratio',
  type: 'gauge',
  help: 'How busy the processors of the machine are, 0 to 1',
  labels: { agent },
  by: 'both',
  asked: 'AgentCpuUsage',
});
export const agentMemory = metric({
  name: 'gityard_agent_memory_ratio',
  type: 'gauge',
  help: 'How much of the memory of the machine is in use, 0 to 1',
  labels: { agent },
  by: 'both',
  asked: 'AgentMemoryUsage',
});
export const agentDiskFree = metric({
  name: 'gityard_agent_disk_free_bytes',
  type: 'gauge',
  help: 'Free space on the disk of the agent',
  labels: { agent },
  by: 'both',
});
export const agentSlots = metric({
  name: 'gityard_agent_slots',
  type: 'gauge',
  help: 'Builds that the agent may run at once',
  labels: { agent },
  by: 'both',
});
export const agentBuilds = metric({
  name: 'gityard_agent_builds_running',
  type: 'gauge',
  help: 'Builds that the agent runs now',
  labels: { agent },
  by: 'both',
});
export const agentUptime = metric({
  name: 'gityard_agent_uptime_seconds',
  type: 'gauge',
  help: 'How long the machine of the agent has been up',
  labels: { agent: 'id of the agent; the first 100 by id' },
  by: 'both',
});
export const agentBeat = metric({
  name: 'gityard_agent_heartbeat_timestamp_seconds',
  type: 'gauge',
  help: 'When the agent made its last heartbeat, by its own clock',
  labels: { agent: 'id of the agent; the first 100 by id' },
  by: 'server',
});
