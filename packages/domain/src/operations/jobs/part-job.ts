/** The job that one part of a split job becomes: its parent's in all that says how and where it may run, its own in what it builds. */
import type { Job } from '../../entities/job.ts';
import type { State } from '../../state.ts';
import { attemptTraceparent } from '../../traces/traceparent.ts';
import { validate } from '../../validate.ts';
import type { Validated } from '../../validate-with.ts';
import { type Child, resolved, type SplitJob } from './split-wish.ts';

/** A part that only one agent may run would otherwise wait for ever for one that went away. */
const ASSIGNED_WAIT_SECONDS = 3600;

interface Making {
  readonly parent: Job;
  readonly child: Child;
  readonly input: SplitJob;
}

export function partJob(state: State, { parent, child, input }: Making): Validated<Job> {
  const { repository, command, parameters, priority, labels, submittedBy, timeoutSeconds } = parent;
  const { startTimeoutSeconds, silentTimeoutSeconds, retries, retryOn, keepWorkspace, secrets, reserves } = parent;
  const queueTimeoutSeconds = parent.queueTimeoutSeconds ?? state.yard.jobs.queueTimeoutSeconds;
  const part: Partial<Job> = {
    id: child.id,
    status: 'queued',
    submittedAt: input.now,
    submittedBy,
    repository,
    command,
    parameters,
    priority,
    labels,
    timeoutSeconds,
    startTimeoutSeconds,
    silentTimeoutSeconds,
    retries,
    retryOn,
    keepWorkspace,
    secrets,
    reserves,
    ...resolved(parent, input),
    toolchain: input.toolchain ?? parent.toolchain,
    strategy: child.part.kind === 'part' ? 'Cached' : 'Clean',
    requires: [...new Set([...parent.requires, ...input.requires])],
    needs: [...child.needs],
    assignedTo: child.assignedTo,
    queueTimeoutSeconds: child.assignedTo === null ? queueTimeoutSeconds : queueTimeoutSeconds || ASSIGNED_WAIT_SECONDS,
    parent: parent.id,
    part: child.part,
    traceparent: attemptTraceparent(parent, input.token),
  };
  return validate('job', JSON.parse(JSON.stringify(part)));
}
