/** What an agent tells of itself, in a file. Its other numbers have the names by which a server tells them of all agents. */
import { metric } from '../metric.ts';

export const agent = {
  ownBuilds: metric({
    name: 'gityard_agent_builds_completed_total',
    type: 'counter',
    help: 'Builds that this agent ended, since it was started',
    labels: { outcome: ['succeeded', 'failed', 'cancelled', 'lost'] },
    by: 'agent',
  }),
  ownBuildDuration: metric({
    name: 'gityard_agent_build_duration_seconds',
    type: 'histogram',
    help: 'How long builds of this agent took',
    labels: {},
    buckets: [1, 5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 43_200],
    by: 'agent',
  }),
  ownCacheHits: metric({
    name: 'gityard_agent_cache_hits_total',
    type: 'counter',
    help: 'Lookups of this agent in the build cache that found something, since it was started',
    labels: {},
    by: 'agent',
  }),
  ownCacheMisses: metric({
    name: 'gityard_agent_cache_misses_total',
    type: 'counter',
    help: 'Lookups of this agent in the build cache in vain, since it was started',
    labels: {},
    by: 'agent',
  }),
  spoolDepth: metric({
    name: 'gityard_spool_depth',
    type: 'gauge',
    help: 'Operations and logs that wait on the disk of this machine until the remote takes them',
    labels: {},
    by: 'agent',
  }),
  spoolRefused: metric({
    name: 'gityard_spool_refused',
    type: 'gauge',
    help: 'Operations that were accepted on this machine, and refused when they were handed in; a person has to see to them',
    labels: {},
    by: 'agent',
  }),
  replayDuration: metric({
    name: 'gityard_spool_replay_duration_seconds',
    type: 'histogram',
    help: 'How long it took to hand in what waited on this machine',
    labels: {},
    buckets: [0.1, 0.5, 1, 5, 15, 60, 300],
    by: 'agent',
  }),
  ownStart: metric({
    name: 'gityard_agent_process_start_time_seconds',
    type: 'gauge',
    help: 'When the process of the agent began',
    labels: {},
    by: 'agent',
  }),
  ownCpu: metric({
    name: 'gityard_agent_process_cpu_seconds_total',
    type: 'counter',
    help: 'Processor time that the process of the agent has used, without that of its builds',
    labels: {},
    by: 'agent',
  }),
  ownMemory: metric({
    name: 'gityard_agent_process_resident_memory_bytes',
    type: 'gauge',
    help: 'Memory that the process of the agent holds',
    labels: {},
    by: 'agent',
  }),
  writtenAt: metric({
    name: 'gityard_metrics_written_timestamp_seconds',
    type: 'gauge',
    help: 'When this file was written; an agent that was killed leaves an old one behind',
    labels: {},
    by: 'agent',
  }),
} as const;
