/** The domain in suggested reading order: words, state, decisions, operations, scheduling, views. */

export * from './decision.ts';
export * from './entities/actor.ts';
export * from './entities/agent.ts';
export * from './entities/branch-profiles.ts';
export * from './entities/heartbeat.ts';
export * from './entities/job.ts';
export * from './entities/list.ts';
export * from './entities/lock.ts';
export * from './entities/manifest.ts';
export * from './entities/message.ts';
export * from './entities/queue-file.ts';
export * from './entities/read-model.ts';
export { SCHEMA_VERSION } from './entities/schema.ts';
export * from './entities/yard-config.ts';
export * from './find.ts';
export type { Acquired } from './operations/acquire-lock.ts';
export * from './operations/list.ts';
export type { JobRequest } from './operations/submit-job.ts';
export type { TakenUp } from './operations/take-up-queue-file.ts';
export * from './read-model-from.ts';
export { isListed } from './scheduling/eligibility.ts';
export { rendezvousRank } from './scheduling/rendezvous.ts';
export * from './state.ts';
export * from './table.ts';
export * from './time.ts';
export * from './validate.ts';
export {
  agentHealth,
  effectiveLeaseMs,
  promisedIntervalMs,
} from './views/agent-health.ts';
export { type Explanation, explain } from './views/explain.ts';
