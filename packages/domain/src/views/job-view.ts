/** A job as programs read it: what was asked, what is so, and every attempt. The file may hold more; this is what is promised. */
import type { Attempt } from '../entities/attempt.ts';
import type { Job } from '../entities/job.ts';

export type JobView = Omit<Job, 'schemaVersion'>;

export function jobView(job: Job): JobView {
  return { ...asked(job), ...standing(job), attempts: job.attempts.map(attemptView), result: resultView(job.result) };
}

function asked(job: Job) {
  const { id, priority, submittedAt, submittedBy, repository, branch, commit, toolchain, strategy, strategyNamed } =
    job;
  const { command, parameters, task, labels, requires, needs, locks, group, key } = job;
  const { notBefore, queuedAt, timeoutSeconds, queueTimeoutSeconds, startTimeoutSeconds, silentTimeoutSeconds } = job;
  const { retries, retryOn, noCache, keepWorkspace, secrets, reserves, namespace, approval, supersede, traceparent } =
    job;
  return {
    id,
    priority,
    submittedAt,
    submittedBy,
    committedBy: job.committedBy,
    repository,
    branch,
    commit,
    toolchain,
    strategy,
    strategyNamed,
    command,
    parameters,
    task,
    labels,
    requires,
    needs,
    locks,
    group,
    key,
    notBefore,
    queuedAt,
    timeoutSeconds,
    queueTimeoutSeconds,
    startTimeoutSeconds,
    silentTimeoutSeconds,
    retries,
    retryOn,
    noCache,
    keepWorkspace,
    secrets,
    reserves,
    namespace,
    approval,
    supersede,
    traceparent,
    ...(job.update && { update: job.update }),
  };
}

function standing({
  status,
  token,
  agent,
  assignedTo,
  assignedUntil,
  movedFrom,
  parent,
  part,
  split,
  signature,
  paused,
  approvals,
  cancelRequested,
  endedAt,
}: Job) {
  return {
    status,
    token,
    agent,
    assignedTo,
    assignedUntil,
    movedFrom,
    parent,
    part,
    split,
    signature,
    paused,
    approvals,
    cancelRequested,
    endedAt,
  };
}

function attemptView(attempt: Attempt): Attempt {
  const { number, agent, token, boot, startedAt, endedAt, status, cause, exitCode, signal, reason, stages, late } =
    attempt;
  return { number, agent, token, boot, startedAt, endedAt, status, cause, exitCode, signal, reason, stages, late };
}

function resultView(result: Job['result']): Job['result'] {
  if (!result) return null;
  const { text, exitCode, artifacts, manifest, log, tests, failedTests, flakyTests, coverage, annotations } = result;
  const { isolation, cache, built, attestation } = result;
  return {
    text,
    exitCode,
    artifacts,
    manifest,
    log,
    tests,
    failedTests,
    flakyTests,
    coverage,
    annotations,
    isolation,
    cache,
    built,
    attestation,
  };
}
