/** The domain in suggested reading order: words, state, decisions, operations, scheduling, views, audit. */
export * from './entities/yard-config.ts';
export * from './entities/agent.ts';
export * from './entities/heartbeat.ts';
export * from './entities/import-record.ts';
export * from './entities/job.ts';
export type { Pause } from './entities/pause.ts';
export * from './entities/lock.ts';
export * from './entities/message.ts';
export * from './entities/actor.ts';
export * from './entities/branch-profiles.ts';
export * from './entities/epoch.ts';
export * from './entities/manifest.ts';
export * from './entities/quarantined-file.ts';
export * from './entities/queue-file.ts';
export * from './entities/read-model.ts';
export * from './entities/list.ts';
export { publishedSchema } from './entities/published-schema.ts';
export { SCHEMA_VERSION } from './entities/schema.ts';
export * from './validate.ts';
export type { Validated } from './validate-with.ts';
export * from './read-model-from.ts';

export * from './table.ts';
export * from './time.ts';
export {
  type ArchiveFolder,
  type ArchivedKind,
  archivedKindOf,
  archiveFolderOf,
  endOfArchiveFolder,
} from './archive-folder.ts';
export * from './state.ts';
export { operationsOf, operationsSinceCut } from './counted-operations.ts';
export * from './decision.ts';
export * from './find.ts';
export { refuseBroken } from './broken-file.ts';
export { newerSchema } from './newer-schema.ts';
export { endedVerb, endedWords, idFrom } from './text.ts';
export { isExpired, isRecipient, isUnread, missingAcks } from './recipients.ts';

export * from './operations/list.ts';
export type { JobRequest } from './operations/jobs/submit-job.ts';
export type { TakenUp } from './operations/queue/take-up-queue-file.ts';
export { IMPORTED_AT_ONCE, type ImportBatch, type ImportedEntity } from './operations/imports/import-batch.ts';
export { waitsAsImported } from './operations/imports/unrest.ts';
export type { Archived } from './operations/yard/archive-finished.ts';
export type { Pruned } from './operations/yard/prune-archive.ts';
export type { Acquired } from './operations/locks/acquire-lock.ts';

export { isListed } from './scheduling/eligibility.ts';
export { freeSlots, pickJob } from './scheduling/pick.ts';
export { modeOf, type QueuePause, queuePauseText, queuePauses, whyIdle } from './scheduling/pauses.ts';
export { preferenceRank } from './scheduling/preference.ts';
export { rendezvousRank } from './scheduling/rendezvous.ts';
export { expiresAt } from './scheduling/waiting.ts';

export { agentHealth, effectiveLeaseMs, promisedIntervalMs } from './views/agent-health.ts';
export { agentsAlive, beatIntervalMs, beatsPerMinute } from './views/beat-interval.ts';
export { type PushUse, pushUse } from './views/push-use.ts';
export { connectionState } from './views/connection.ts';
export { type FileProblem, fileProblems, overdueInQuarantine, unjudgedFiles } from './views/broken-files.ts';
export { agentStatus } from './views/agent-status.ts';
export { type Duration, expectedDurationMs } from './views/durations.ts';
export { type Explanation, explain } from './views/explain.ts';
export { explainPast } from './views/explain-past.ts';
export { needsYou } from './views/needs-you.ts';
export { type AgentLine, type Connection, type FleetStatus, fleetStatus } from './views/fleet-status.ts';
export { READ_MODEL_BYTES, type ReadModelFacts, readModel } from './views/read-model.ts';
export { type UpkeepLine, upkeepLines } from './views/upkeep.ts';
export { type JobView, jobView } from './views/job-view.ts';
export { type LockView, lockView } from './views/lock-view.ts';
export { type MessageView, messageView } from './views/message-view.ts';

export { type Effect, effectOf, type Standing } from './what-if/effect.ts';
export { fleetToday, otherFleet } from './what-if/fleets.ts';
export { type Forecast, forecast } from './what-if/forecast.ts';
export type { Figures, Quantiles } from './what-if/figures.ts';
export { replay, type Workload, workloadOf } from './what-if/replay.ts';

export { type Expression, readExpression } from './query/expression.ts';
export { isSo } from './query/is-so.ts';

export { auditState, auditStep } from './audit/audit.ts';
export type { AuditedOperation, Changed, Violation } from './audit/rule.ts';
export { RULES } from './audit/rules.ts';
export { type ArchiveChange, auditArchive } from './audit/archive.ts';
export { repeatedTransactions } from './audit/transactions.ts';
