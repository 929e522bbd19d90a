/**
 * Every operation under the name that its commits bear, in the order of a job's life. Being named, an operation is a value:
 * it can wait in a spool, travel to another process, and be asked for by a face that knows nothing but its name.
 */

import { drainAgent, maintainAgent, resumeAgent } from './agents/agent-mode.ts';
import { failBack, failOver } from './agents/fail-over.ts';
import { registerAgent } from './agents/register-agent.ts';
import { removeAgent } from './agents/remove-agent.ts';
import { placeArtifacts } from './artifacts/place-artifacts.ts';
import { publishManifest } from './artifacts/publish-manifest.ts';
import { buildBranch } from './branches/build-branch.ts';
import { initBranches, removeBranch, toggleBranch } from './branches/change-branches.ts';
import { queueBranches } from './branches/queue-branches.ts';
import { scheduleBranch } from './branches/schedule-branch.ts';
import { setBranch } from './branches/set-branch.ts';
import { noteHealth } from './health/note-health.ts';
import { importBatch } from './imports/import-batch.ts';
import { approveJob } from './jobs/approve-job.ts';
import { assignJob } from './jobs/assign-job.ts';
import { cancelJob } from './jobs/cancel-job.ts';
import { claimJob } from './jobs/claim-job.ts';
import { expireJob } from './jobs/expire-job.ts';
import { finishJob } from './jobs/finish-job.ts';
import { noteLateResult } from './jobs/note-late-result.ts';
import { pauseJob, unpauseJob } from './jobs/pause-job.ts';
import { prioritiseJob } from './jobs/prioritise-job.ts';
import { progressJob } from './jobs/progress-job.ts';
import { rejectJob } from './jobs/reject-job.ts';
import { requeueJob } from './jobs/requeue-job.ts';
import { retryJob } from './jobs/retry-job.ts';
import { splitJob } from './jobs/split-job.ts';
import { startJob } from './jobs/start-job.ts';
import { submitJob } from './jobs/submit-job.ts';
import { acquireLock } from './locks/acquire-lock.ts';
import { recoverLock } from './locks/recover-lock.ts';
import { breakLock, releaseLock } from './locks/release-lock.ts';
import { answerCommand } from './messages/answer-command.ts';
import { autoReply } from './messages/auto-reply.ts';
import { escalateMessage } from './messages/escalate-message.ts';
import { acknowledgeMessage, downloadMessage, readMessage } from './messages/message-receipts.ts';
import { sendMessage } from './messages/send-message.ts';
import { recordAttempt } from './metrics/record-attempt.ts';
import { announce, assure } from './notices/announce.ts';
import { takeUpQueueFile } from './queue/take-up-queue-file.ts';
import { forgetRollbackPoints } from './rollback/forget-rollback-points.ts';
import { recordRollbackPoint } from './rollback/record-rollback-point.ts';
import { removeSecret, setSecret } from './secrets/set-secret.ts';
import { quarantineTest, releaseTest } from './tests/quarantine-test.ts';
import { issueToken, revokeToken } from './tokens/issue-token.ts';
import { archiveFinished } from './yard/archive-finished.ts';
import { configureYard } from './yard/configure-yard.ts';
import { noteRestore } from './yard/note-restore.ts';
import { pauseFleet, resumeFleet } from './yard/pause-fleet.ts';
import { pruneArchive } from './yard/prune-archive.ts';
import { clearQuarantine, quarantineFile } from './yard/quarantine-file.ts';
import { removeNamespace, setNamespace } from './yard/set-namespace.ts';

export const OPERATIONS = {
  submit: submitJob,
  'take-up': takeUpQueueFile,
  claim: claimJob,
  start: startJob,
  progress: progressJob,
  split: splitJob,
  finish: finishJob,
  cancel: cancelJob,
  retry: retryJob,
  requeue: requeueJob,
  expire: expireJob,
  'note-late': noteLateResult,
  assign: assignJob,
  prioritise: prioritiseJob,
  approve: approveJob,
  reject: rejectJob,
  pause: pauseJob,
  unpause: unpauseJob,
  'publish-manifest': publishManifest,
  'place-artifacts': placeArtifacts,
  'record-rollback-point': recordRollbackPoint,
  'forget-rollback-points': forgetRollbackPoints,
  register: registerAgent,
  drain: drainAgent,
  resume: resumeAgent,
  maintain: maintainAgent,
  remove: removeAgent,
  'fail-over': failOver,
  'fail-back': failBack,
  acquire: acquireLock,
  release: releaseLock,
  break: breakLock,
  recover: recoverLock,
  send: sendMessage,
  read: readMessage,
  acknowledge: acknowledgeMessage,
  'answer-command': answerCommand,
  download: downloadMessage,
  escalate: escalateMessage,
  'auto-reply': autoReply,
  configure: configureYard,
  'set-namespace': setNamespace,
  'remove-namespace': removeNamespace,
  'pause-fleet': pauseFleet,
  'resume-fleet': resumeFleet,
  quarantine: quarantineFile,
  clear: clearQuarantine,
  archive: archiveFinished,
  prune: pruneArchive,
  'note-restore': noteRestore,
  'init-branches': initBranches,
  'set-branch': setBranch,
  'toggle-branch': toggleBranch,
  'remove-branch': removeBranch,
  'build-branch': buildBranch,
  'schedule-branch': scheduleBranch,
  'queue-branches': queueBranches,
  'record-attempt': recordAttempt,
  import: importBatch,
  'note-health': noteHealth,
  announce,
  assure,
  'set-secret': setSecret,
  'remove-secret': removeSecret,
  'quarantine-test': quarantineTest,
  'release-test': releaseTest,
  'issue-token': issueToken,
  'revoke-token': revokeToken,
} as const;

export type OperationName = keyof typeof OPERATIONS;
export type InputOf<N extends OperationName> = Parameters<(typeof OPERATIONS)[N]>[1];
export type ResultOf<N extends OperationName> = Extract<ReturnType<(typeof OPERATIONS)[N]>, { ok: true }>['result'];
