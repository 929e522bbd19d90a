/**
 * Every operation under the name that its commits bear, in the order of a job's life. Being named, an operation is a value:
 * it can wait in a spool, travel to another process, and be asked for by a face that knows nothing but its name.
 */

import { drainAgent, maintainAgent, removeAgent, resumeAgent } from './agents/agent-mode.ts';
import { failBack, failOver } from './agents/fail-over.ts';
import { registerAgent } from './agents/register-agent.ts';
import { placeArtifacts } from './artifacts/place-artifacts.ts';
import { publishManifest } from './artifacts/publish-manifest.ts';
import { buildBranch } from './branches/build-branch.ts';
import { initBranches, removeBranch, toggleBranch } from './branches/change-branches.ts';
import { queueBranches } from './branches/queue-branches.ts';
import { scheduleBranch } from './branches/schedule-branch.ts';
import { setBranch } from './branches/set-branch.ts';
import { noteHealth } from './health/note-health.ts';
import { importBatch } from './imports/import-batch.ts';
import { assignJob } from './jobs/assign-job.ts';
import { cancelJob } from './jobs/cancel-job.ts';
import { claimJob } from './jobs/claim-job.ts';
import { expireJob } from './jobs/expire-job.ts';
import { finishJob } from './jobs/finish-job.ts';
import { noteLateResult } from './jobs/note-late-result.ts';
import { pauseJob, unpauseJob } from './jobs/pause-job.ts';
import { prioritiseJob } from './jobs/prioritise-job.ts';
import { progressJob } from './jobs/progress-job.ts';
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
import { archiveFinished } from './yard/archive-finished.ts';
import { configureYard } from './yard/configure-yard.ts';
import { pauseFleet, resumeFleet } from './yard/pause-fleet.ts';
import { pruneArchive } from './yard/prune-archive.ts';
import { clearQuarantine, quarantineFile } from './yard/quarantine-file.ts';

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
  'pause-fleet': pauseFleet,
  'resume-fleet': resumeFleet,
  quarantine: quarantineFile,
  clear: clearQuarantine,
  archive: archiveFinished,
  prune: pruneArchive,
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
} as const;

export type OperationName = keyof typeof OPERATIONS;
export type InputOf<N extends OperationName> = Parameters<(typeof OPERATIONS)[N]>[1];
export type ResultOf<N extends OperationName> = Extract<ReturnType<(typeof OPERATIONS)[N]>, { ok: true }>['result'];

/** Which operations go first when pushes are scarce: agreement, then results, then talk (DESIGN §4). */
export const OPERATION_CLASS: Readonly<Record<OperationName, 0 | 1 | 2>> = {
  claim: 0,
  acquire: 0,
  release: 0,
  break: 0,
  recover: 0,
  requeue: 0,
  register: 0,
  quarantine: 0,
  submit: 1,
  'take-up': 1,
  start: 1,
  split: 1,
  finish: 1,
  cancel: 1,
  retry: 1,
  assign: 1,
  prioritise: 1,
  expire: 1,
  pause: 1,
  unpause: 1,
  'pause-fleet': 1,
  'resume-fleet': 1,
  'answer-command': 1,
  'note-late': 1,
  'publish-manifest': 1,
  'place-artifacts': 1,
  'record-rollback-point': 1,
  'forget-rollback-points': 2,
  drain: 1,
  resume: 1,
  maintain: 1,
  remove: 1,
  'fail-over': 1,
  'fail-back': 1,
  configure: 1,
  clear: 1,
  progress: 2,
  send: 2,
  read: 2,
  acknowledge: 2,
  download: 2,
  escalate: 2,
  'auto-reply': 2,
  archive: 2,
  prune: 2,
  'init-branches': 1,
  'set-branch': 1,
  'toggle-branch': 1,
  'remove-branch': 1,
  'build-branch': 1,
  'schedule-branch': 1,
  'queue-branches': 1,
  'record-attempt': 2,
  import: 2,
  'note-health': 2,
  announce: 1,
  assure: 2,
  'set-secret': 1,
  'remove-secret': 1,
  'quarantine-test': 1,
  'release-test': 1,
};

/**
 * Which operations may be accepted on a machine whose remote is away, and come to the yard later: what nobody else can
 * contradict meanwhile (a new thing under an id of its own, a receipt of one's own, a result under one's own token) and the
 * wish to stop a job. Each of them may come twice and has its effect once. All else is a decision on a state that has to be
 * seen: it fails at once. A heartbeat is none of these; the next one simply takes the place of those that were missed.
 */
export const MAY_WAIT: Readonly<Record<OperationName, boolean>> = {
  submit: true,
  finish: true,
  cancel: true,
  'note-late': true,
  send: true,
  read: true,
  acknowledge: true,
  'publish-manifest': false,
  'place-artifacts': false,
  'record-rollback-point': false,
  'forget-rollback-points': false,
  'answer-command': false,
  download: true,
  'take-up': false,
  claim: false,
  start: false,
  split: false,
  progress: false,
  retry: false,
  requeue: false,
  assign: false,
  prioritise: false,
  expire: false,
  pause: false,
  unpause: false,
  'pause-fleet': false,
  'resume-fleet': false,
  register: false,
  drain: false,
  resume: false,
  maintain: false,
  remove: false,
  'fail-over': false,
  'fail-back': false,
  acquire: false,
  release: false,
  break: false,
  recover: false,
  escalate: false,
  'auto-reply': false,
  configure: false,
  quarantine: false,
  clear: false,
  archive: false,
  prune: false,
  'init-branches': false,
  'set-branch': false,
  'toggle-branch': false,
  'remove-branch': false,
  'build-branch': false,
  'schedule-branch': false,
  'queue-branches': false,
  'record-attempt': true,
  import: false,
  'note-health': false,
  announce: false,
  assure: false,
  'set-secret': false,
  'remove-secret': false,
  'quarantine-test': false,
  'release-test': false,
};
