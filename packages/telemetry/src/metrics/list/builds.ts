/** What becomes of builds. A build is one try of a job: a retry counts again, the parts of a split one do not. */
import { metric } from '../metric.ts';

const strategy = ['Incremental', 'Clean', 'Cached', 'Distributed', 'Canary'] as const;
const outcome = ['succeeded', 'failed', 'cancelled', 'lost'] as const;
const cause = ['code', 'timeout', 'infrastructure', 'policy', 'lost', 'returned', 'cancelled', 'unknown'] as const;
const stage = ['Fetch', 'Restore', 'Build', 'Test', 'Package', 'Publish', 'other'] as const;

/** A second to half a day. A stage may take nearly all of it: what lies above the last bound is drawn as that. */
const BUILD_SECONDS = [1, 5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 43_200] as const;
const STAGE_SECONDS = [0.5, ...BUILD_SECONDS] as const;
/** Over a night, and over a weekend. */
const WAIT_SECONDS = [1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 14_400, 43_200, 259_200] as const;

export const builds = {
  buildsStarted: metric({
    name: 'gityard_builds_started_total',
    type: 'counter',
    help: 'Builds that an agent began, since this server looks',
    labels: { strategy },
    by: 'server',
    asked: 'BuildsStarted',
  }),
  buildsCompleted: metric({
    name: 'gityard_builds_completed_total',
    type: 'counter',
    help: 'Builds that ended, since this server looks',
    labels: { strategy, outcome },
    by: 'server',
    asked: 'BuildsCompleted',
  }),
  buildsFailed: metric({
    name: 'gityard_builds_failed_total',
    type: 'counter',
    help: 'Builds that failed, were lost or were cancelled, by why, since this server looks',
    labels: { cause },
    by: 'server',
    asked: 'BuildsFailed',
  }),
  buildDuration: metric({
    name: 'gityard_build_duration_seconds',
    type: 'histogram',
    help: 'How long builds took, from their first stage to their last',
    labels: { strategy, outcome: ['succeeded', 'failed'] },
    buckets: BUILD_SECONDS,
    by: 'server',
    asked: 'BuildDuration',
  }),
  queueWait: metric({
    name: 'gityard_queue_wait_seconds',
    type: 'histogram',
    help: 'How long builds waited before an agent began them, with the time for which they had to wait for other jobs',
    labels: {},
    buckets: WAIT_SECONDS,
    by: 'server',
    asked: 'QueueWaitTime',
  }),
  stageDuration: metric({
    name: 'gityard_stage_duration_seconds',
    type: 'histogram',
    help: 'How long the stages of builds took that ran to an end',
    labels: { stage },
    buckets: STAGE_SECONDS,
    by: 'server',
    asked: 'RestoreDuration (stage="Restore"), CompilationDuration (stage="Build"), TestDuration (stage="Test")',
  }),
  buildSuccess: metric({
    name: 'gityard_build_success_ratio',
    type: 'gauge',
    help: 'Share of successes among the builds of a time, from the records of the yard: it knows of what this server did not see',
    labels: { window: ['24h', '7d', '30d'] },
    by: 'server',
  }),
  buildsJudged: metric({
    name: 'gityard_builds_judged',
    type: 'gauge',
    help: 'How many builds that share is of',
    labels: { window: ['24h', '7d', '30d'] },
    by: 'server',
  }),
  projectFailures: metric({
    name: 'gityard_project_failures',
    type: 'gauge',
    help: 'Jobs of a project that failed in the last 7 days, as far as they are in the state',
    labels: { project: 'owner and name of the repository; the 20 with the most, then the sum of all others' },
    by: 'server',
  }),
  projectSlowest: metric({
    name: 'gityard_project_slowest_seconds',
    type: 'gauge',
    help: 'Longest build of a project that succeeded in the last 7 days, as far as its jobs are in the state',
    labels: { project: 'owner and name of the repository; the 20 that take longest' },
    by: 'server',
  }),
  cacheHits: metric({
    name: 'gityard_cache_hits_total',
    type: 'counter',
    help: 'Lookups in the build cache that found something, by all agents, since this server looks',
    labels: {},
    by: 'server',
    asked: 'CacheHits',
  }),
  cacheMisses: metric({
    name: 'gityard_cache_misses_total',
    type: 'counter',
    help: 'Lookups in the build cache in vain, by all agents, since this server looks',
    labels: {},
    by: 'server',
    asked: 'CacheMisses',
  }),
  cacheHitRatio: metric({
    name: 'gityard_cache_hit_ratio',
    type: 'gauge',
    help: 'Share of hits among the lookups of all agents in their present lives; the share of a time is a query over the two counters',
    labels: {},
    by: 'server',
    asked: 'CacheHitRate',
  }),
} as const;
