/** The yard in reading order: open one, perform operations, look at its refs, ask its history. */

export { AttachmentError } from './attachments/attachment-error.ts';
export {
  type Attachment,
  describeAttachment,
  fetchAttachment,
  type PublishAttachment,
  publishAttachment,
} from './attachments/attachments.ts';
export { LIVE_LOG_END } from './attachments/live-log-end.ts';
export { type Heads, type SavedRef, type SavedYard, saveYard } from './backup/save-yard.ts';
export { type WrittenSince, writtenSince } from './backup/written-since.ts';
export { type PlacedYard, type PreparedYard, placeYard, prepareYard } from './backup/restore-yard.ts';
export { archivedAll, archivedDays, archivedJobs, findArchived } from './compact/archived.ts';
export { type CompactYard, type Compacted, compactYard, overdueEpochs } from './compact/compact-yard.ts';
export { type Cut, cutHistory } from './compact/cut-history.ts';
export { keptEpochs } from './compact/epoch-refs.ts';
export { epochRef, predecessorOf } from './compact/epochs.ts';
export { foretellTidy, tidy } from './compact/tidy.ts';
export { type AddFiles, addFiles } from './add-files.ts';
export { type CreatedRef, type CreateYard, createYard } from './create-yard.ts';
export { Audit, type AuditReport, auditYard } from './history/audit.ts';
export { type AuditTrail, auditTrail, type TrailCommit } from './history/audit-trail.ts';
export { type LogRow, readLog } from './history/log.ts';
export { type Moment, momentOf, timeOf, type When } from './history/moment.ts';
export { type PastYard, yardAt } from './history/yard-at.ts';
export { whoCommitted } from './history/who-committed.ts';
export { endOfJob, type JobEnding } from './history/end-of-job.ts';
export { type JobChapter, jobHistory } from './history/job-history.ts';
export { pastOfJob } from './history/put-back.ts';
export { type Bisected, bisect } from './history/bisect.ts';
export { cleanUpPoints, type CleanedUp, pointsToForget } from './rollback/clean-up-points.ts';
export { foretellTag, type TagBuild, tagBuild, type TaggedBuild } from './rollback/tag-build.ts';
export { tagProject } from './rollback/tag-project.ts';
export { ROLLBACK_TAGS } from './rollback/tag-words.ts';
export { readTags } from './refs/tags.ts';
export { newBoot, newId } from './ids.ts';
export { pathOf } from './files/paths.ts';
export { DEFAULT_REFS, type Performed, type Refs, type SharedRemote, type YardOptions } from './options.ts';
export { clearOverdue, judgeBroken, problemsWithAuthors } from './quarantine.ts';
export { lineOf } from './reading/line-of.ts';
export { type PerformWish, performWish, type WishDone } from './writing/perform-wish.ts';
export { jobLogs } from './outside/job-logs.ts';
export { repositoryView } from './outside/repository-view.ts';
export type { RefusedFile } from './proposal/refused-file.ts';
export type { ProposedFile, Supposed } from './proposal/suppose.ts';
export { FILE_LIMIT_BYTES, readJson } from './reading/read-json.ts';
export { readWishes } from './reading/read-wishes.ts';
export type { Beat, BeatOptions, LiveRef } from './refs/live.ts';
export type { LogFile, LogsRef } from './refs/logs.ts';
export { findSecrets, type FoundSecret, withoutSecrets } from './secrets/find-secrets.ts';
export { maskedLog } from './secrets/mask-log.ts';
export { maskSecrets } from './secrets/mask-secrets.ts';
export { SecretFound } from './secrets/secret-found.ts';
export { textsIn, withTextsAsync } from './secrets/texts-of.ts';
export type { Settled } from './spool/ends.ts';
export { isThere, mayHoldSomething, type SpoolPlace, spoolPlace, spoolPlaces } from './spool/place.ts';
export type { RefusedRow } from './spool/refused.ts';
export type { Replayed } from './spool/replay.ts';
export { type Acceptance, mayComeBack, openSpool, type Spool, type SpoolOptions } from './spool/spool.ts';
export { aboutWaiting, type Spooled, type Waiting } from './spool/waiting.ts';
export type { Asker, Operation } from './writing/compose.ts';
export { canonicalJson } from './writing/canonical-json.ts';
export type { Operations } from './writing/compose.ts';
export { openYard } from './open-yard.ts';
export type { Done, Outcome, Yard } from './yard.ts';
/** What an agent needs for its own folder. */
export { download, isAlive, requestOutside, takeFileLock, writeDurably } from '@gityard/store';
