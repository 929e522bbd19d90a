/** The domain in suggested reading order: words, state, decisions, operations, scheduling, views, audit. */
export * from './entities/yard-config.ts';
export * from './entities/agent.ts';
export * from './entities/heartbeat.ts';
export * from './entities/import-record.ts';
export * from './entities/job.ts';
export * from './entities/approval.ts';
export * from './entities/attempt.ts';
export * from './entities/build-result.ts';
export * from './entities/split.ts';
export type { buildWishes } from './entities/job-wishes.ts';
export type { Pause } from './entities/pause.ts';
export type { Namespace } from './entities/namespace.ts';
export type { Person } from './entities/person.ts';
export * from './entities/lock.ts';
export * from './entities/message.ts';
export * from './entities/actor.ts';
export * from './entities/attempt-record.ts';
export * from './entities/branch-profiles.ts';
export * from './entities/epoch.ts';
export * from './entities/history-hour.ts';
export * from './entities/notices.ts';
export * from './entities/notification.ts';
export * from './entities/manifest.ts';
export * from './entities/attestation.ts';
export * from './entities/policy.ts';
export * from './entities/rollback.ts';
export * from './entities/secret.ts';
export * from './entities/test-history.ts';
export * from './entities/token.ts';
export * from './entities/quarantined-file.ts';
export { quarantineIdOf, rollbackIdOf, secretIdOf, testHistoryIdOf } from './entities/file-id.ts';
export * from './entities/queue-file.ts';
export * from './entities/wait-reason.ts';
export * from './entities/read-model.ts';
export * from './entities/recipe.ts';
export * from './entities/list.ts';
export { publishedSchema } from './entities/published-schema.ts';
export { closed, PATTERN_WORDS, SCHEMA_VERSION } from './entities/schema.ts';
export type { TypeOf } from './entities/type-of.ts';
export * from './validate.ts';
export { sayComplaint } from './check-with.ts';
export type { Validated } from './validate-with.ts';
export * from './agent-from.ts';
export * from './attempt-record-from.ts';
export * from './attestation-from.ts';
export * from './branches-from.ts';
export * from './heartbeat-from.ts';
export * from './history-hour-from.ts';
export * from './job-from.ts';
export * from './lock-from.ts';
export * from './manifest-from.ts';
export * from './message-from.ts';
export * from './read-model-from.ts';
export * from './rollback-from.ts';

export * from './table.ts';
export * from './time.ts';
export { isoDuration } from './iso-duration.ts';
export { traceLink } from './traces/trace-link.ts';
export * from './traces/traceparent.ts';
export {
  type ArchiveFolder,
  type ArchivedKind,
  archivedKindOf,
  archiveFolderOf,
  endOfArchiveFolder,
} from './archive-folder.ts';
export * from './state.ts';
export * from './apply-changes.ts';
export { operationsOf, operationsSinceCut } from './counted-operations.ts';
export * from './decision.ts';
export * from './find.ts';
export { escapedPointer, type SettingFinding, settingFindings, settingWarning } from './lint/setting-findings.ts';
export { type UnknownField, unknownFields } from './lint/unknown-fields.ts';
export { refuseBroken } from './broken-file.ts';
export { newerSchema } from './newer-schema.ts';
export * from './glance.ts';
export { clipped, endedVerb, endedWords, idFrom } from './text.ts';
export { hasReceipt, isExpired, isRecipient, isUnread, missingAcks, recipientsOf } from './recipients.ts';
export { globMatches, holdsAll } from './glob.ts';
export { sha256 } from './sha256.ts';
export { shellWord } from './shell-word.ts';
export { compareManifests, type Comparison, DIGESTS, type DigestName } from './comparison/compare-manifests.ts';
export { latestPair } from './comparison/latest-pair.ts';
export { type Hint, type HintCode, hint } from './comparison/hint.ts';
export { ledger, type LedgerEntry } from './comparison/ledger.ts';
export { comparisonReport, verdict } from './comparison/report.ts';
export { sameArtifacts } from './comparison/same-artifacts.ts';
export { ALL_TYPES, ARTIFACT_TYPES, artifactType, artifactTypeNamed, isOfType } from './artifacts/artifact-type.ts';
export { type Orphan, planOrphans } from './artifacts/plan-orphans.ts';
export { type CleanupPlan, planCleanup, type Removal, type StoredBuild } from './artifacts/plan-cleanup.ts';
export { pointsBeyond } from './operations/rollback/forget-rollback-points.ts';
export { rollbackOf } from './operations/rollback/good-builds.ts';

export * from './operations/list.ts';
export * from './operations/operation-class.ts';
export type { JobRequest } from './operations/jobs/submit-job.ts';
export type { Child } from './operations/jobs/split-wish.ts';
export { partsOf } from './operations/jobs/family.ts';
export { isSick } from './operations/agents/sick-agent.ts';
export type { AnsweredCommand } from './operations/messages/answer-command.ts';
export { operationOf, unlikeExpected } from './operations/queue/grant-command.ts';
export { isPersonsWord, requestOf, type TakenUp } from './operations/queue/take-up-queue-file.ts';
export { IMPORTED_AT_ONCE, type ImportBatch, type ImportedEntity } from './operations/imports/import-batch.ts';
export { waitsAsImported } from './operations/imports/unrest.ts';
export type { Archived } from './operations/yard/archive-finished.ts';
export type { Pruned } from './operations/yard/prune-archive.ts';
export { dueReplies } from './operations/messages/auto-reply.ts';
export { isToBeEscalated } from './operations/messages/escalate-message.ts';
export { staleHolds } from './operations/locks/recover-lock.ts';
export type { NotedHealth } from './operations/health/note-health.ts';
export type { FailedOver } from './operations/agents/fail-over.ts';
export type { RemovedAgent } from './operations/agents/remove-agent.ts';
export { UNSURE_MS } from './operations/notices/announce.ts';
export type { Acquired } from './operations/locks/acquire-lock.ts';

export { appendedText, METRICS_FILE_BYTES, type MetricsFile, type MetricsProblem } from './metrics/metrics-file.ts';
export { attemptRecords } from './metrics/attempt-records.ts';
export { recordsOf } from './metrics/records-of.ts';
export { type BuildTick, BuildWatch } from './metrics/build-watch.ts';
export { CacheWatch } from './metrics/cache-watch.ts';
export { dueTime, jitterMs } from './branches/due-time.ts';
export { hashOf } from './branches/hash-of.ts';
export { branchOf, newestJobOf, profileNamed, profilesOf, scheduleKey } from './branches/profiles.ts';
export type { BranchBuilt } from './operations/branches/build-branch.ts';
export type { BranchScheduled } from './operations/branches/schedule-branch.ts';
export type { BranchWish } from './operations/branches/set-branch.ts';

export { type History, historyOf } from './prediction/history.ts';
export { type DurationQuestion, type Prediction, predictDuration } from './prediction/predict-duration.ts';
export { type AgentChoice, type AgentQuestion, predictAgents } from './prediction/predict-agents.ts';
export { type Statistics, statisticsOf, type Tally } from './prediction/statistics.ts';

export { allowsNothing, canRun } from './scheduling/eligibility.ts';
export {
  type Denial,
  denials,
  denialsOfBuild,
  isListed,
  mayBring,
  mayHaveSecret,
  type Permission,
  permissionOf,
} from './scheduling/permission.ts';
export {
  canonicalText,
  payloadOf,
  type SignedWork,
  signatureProblem,
  signedJobOf,
  type Validity,
  workIn,
} from './signing/signed-work.ts';
export { asksNobody, type AskedGate, gatesOf } from './approval/gates.ts';
export { COST_GROUPS, type CostRow, costBy } from './cost/cost-by.ts';
export { type Cost, costOf } from './cost/cost-of.ts';
export { type ObjectiveView, objectiveViews } from './objectives/objective-view.ts';
export { namespaceNamed, namespaceOf } from './namespaces/namespace-of.ts';
export { refuseJobOutside, refuseOutside } from './namespaces/outside.ts';
export { usageOf } from './namespaces/usage.ts';
export { type Missing, missingApprovals, missingText } from './approval/standing.ts';
export { type Deed, isCalled, isSamePerson, mayDo, personOf, whoMay } from './people/people.ts';
export {
  lowered,
  type Migration,
  raised,
  type Step,
  VERSIONS,
  type Versions,
} from './versions/versions.ts';
export { type MigrationView, migrationView } from './views/migration-view.ts';
export { compareVersions, isRequirement, meets } from './scheduling/capability.ts';
export { freeSlots, pickJob } from './scheduling/pick.ts';
export { modeOf, type QueuePause, queuePauseText, queuePauses, whyIdle } from './scheduling/pauses.ts';
export { preferenceRank } from './scheduling/preference.ts';
export { rendezvousRank } from './scheduling/rendezvous.ts';
export { expiresAt } from './scheduling/waiting.ts';

export { agentHealth, effectiveLeaseMs, promisedIntervalMs } from './views/agent-health.ts';
export { machineHealth, type Strain, type StrainLevel, strainLevel } from './views/machine-health.ts';
export { historyIdOf, presenceOf } from './views/presence.ts';
export { type HistoryPoint, historyPoints } from './views/history-points.ts';
export { type Share, type WorkRecord, workRecord } from './views/work-record.ts';
export { diskTrendGBPerDay, presenceStretches, type Stretch, type Uptime, uptimePercent } from './views/uptime.ts';
export { failbacksDue, type FailoverDue, failoversDue } from './views/failovers.ts';
export { type Notice, type NoticesDue, noticesDue, recoveryOf } from './views/notices-due.ts';
export { agentsAlive, beatIntervalMs, beatsPerMinute } from './views/beat-interval.ts';
export { type PushUse, pushUse } from './views/push-use.ts';
export { connectionState } from './views/connection.ts';
export { type FileProblem, fileProblems, overdueInQuarantine, unjudgedFiles } from './views/broken-files.ts';
export { agentStatus, isStopped } from './views/agent-status.ts';
export { type AgentView, agentView, agentViews, TARGET_TYPES, type TargetType } from './views/agent-view.ts';
export { type AgentCheckup, agentCheckup, CHECK_STATUSES, type HealthCheck } from './views/agent-checkup.ts';
export { type PoolView, poolViews } from './views/pool-view.ts';
export { brokenWork, nameOfLine, standings } from './views/broken-work.ts';
export { type Duration, expectedDurationMs } from './views/durations.ts';
export { type CommitStatus, commitStatuses } from './views/commit-statuses.ts';
export { type Explanation, explain } from './views/explain.ts';
export { type PresentThen, presentThen, withPresenceThen } from './views/presence-then.ts';
export { explainPast } from './views/explain-past.ts';
export { needsYou } from './views/needs-you.ts';
export { cacheShare } from './views/cache-share.ts';
export { type AgentLine, type Connection, type FleetStatus, fleetStatus } from './views/fleet-status.ts';
export { type FleetFigures, fleetFigures, type MachineFigures } from './views/fleet-figures.ts';
export { type ProjectFigures, projectFigures, projectOf } from './views/project-figures.ts';
export { READ_MODEL_BYTES, type ReadModelFacts, readModel } from './views/read-model.ts';
export { saysTheSame } from './views/same-model.ts';
export { type UpkeepLine, upkeepLines } from './views/upkeep.ts';
export { type JobView, jobView } from './views/job-view.ts';
export { type BranchView, branchView } from './views/branch-view.ts';
export { type LockView, lockView } from './views/lock-view.ts';
export { type MessageView, messageView } from './views/message-view.ts';
export { type MessageStats, messageStats } from './views/message-stats.ts';

export {
  BUILD_REQUEST_SCHEMA,
  type BuildRequest,
  inShort,
  PRIORITIES,
  SHORT_BUILD_REQUEST_SCHEMA,
  type ShortBuildRequest,
  TARGETS,
} from './builds/build-request.ts';
export { type ArchivedDay, type BuildMark, buildPage } from './builds/build-list.ts';
export { BUILD_STATUSES, type BuildView, buildHead, buildStatus, buildView } from './builds/build-view.ts';
export { jobOfBuild, priorityName } from './builds/job-of-build.ts';
export { PRIORITY_LEVELS } from './priority-level.ts';
export { queuedBuild } from './builds/queued-build.ts';
export { asksForTheSame } from './builds/same-build.ts';
export { targetOf } from './builds/target-pool.ts';

export { type Effect, effectOf, type Standing } from './what-if/effect.ts';
export { fleetToday, otherFleet } from './what-if/fleets.ts';
export { type Forecast, forecast } from './what-if/forecast.ts';
export type { Figures, Quantiles } from './what-if/figures.ts';
export { replay, type Workload, workloadOf } from './what-if/replay.ts';

export { type Expression, readExpression } from './query/expression.ts';
export { isSo } from './query/is-so.ts';
export { agentsCalled } from './chat/addressed.ts';
export { type Commenter, chatRole } from './chat/chat-role.ts';
export { COMMAND_EXAMPLES, type ChatCommand, isCommand, type Parsed } from './chat/command.ts';
export { type ScriptResult, scriptIn } from './chat/carry-out.ts';
export { parseCommand } from './chat/parse-command.ts';
export { mayWish, roleForWish } from './chat/role-for-wish.ts';
export { type Language, stampOf, type TaskNews, type TaskNotice, taskNotice } from './chat/task-notice.ts';
export { waitsForExecution } from './chat/waiting-command.ts';
export { type TaskStats, taskStats } from './views/task-stats.ts';
export { coverageText } from './views/coverage-text.ts';
export { knownTests, type TestRow, testRows } from './views/test-view.ts';
export { type TaskView, tasksWith, taskView } from './views/task-view.ts';

export { auditState, auditStep } from './audit/audit.ts';
export type { AuditedOperation, Changed, Violation } from './audit/rule.ts';
export { RULES } from './audit/rules.ts';
export { type ArchiveChange, auditArchive } from './audit/archive.ts';
export { auditMetrics, type MetricsChange } from './audit/metrics.ts';
export { repeatedTransactions } from './audit/transactions.ts';
