/**
 * What an agent tells of a job in its trace: how long it waited, each attempt with its stages, and an attempt whose agent is gone.
 * The span of an attempt has an id that follows from its token: the agent that holds it ends it, and if that one is killed, the
 * agent that takes the job back does so in its place.
 */
import {
  attemptSpanId,
  attemptTraceparent,
  beginsTrace,
  type Cause,
  currentAttempt,
  elapsedMs,
  isBefore,
  type Job,
  type Stage,
  type Time,
  traceIdOf,
  traceparentOf,
} from '@gityard/domain';
import { type Facts, type SpanWish, tell } from '@gityard/telemetry';
import type { JobEnd } from '../context.ts';

/** Attributes by the conventions for CI/CD and version control of OpenTelemetry, and those that REQUIREMENTS R125 names. */
function jobFacts({ id, repository, branch, commit, group, toolchain, strategy, token }: Job): Facts {
  const name = projectOf(repository) ?? group ?? toolchain ?? 'command';
  return {
    'build.project': name,
    'build.configuration': toolchain ?? 'detected',
    'build.strategy': strategy,
    'build.executionId': id,
    'cicd.pipeline.name': name,
    'cicd.pipeline.run.id': id,
    'cicd.pipeline.action.name': 'BUILD',
    'vcs.repository.url.full': repository,
    'vcs.repository.name': projectOf(repository),
    'vcs.ref.head.name': branch,
    'vcs.ref.head.type': branch === null ? null : 'branch',
    'vcs.ref.head.revision': commit,
    'gityard.job': id,
    'gityard.token': token,
  };
}

const projectOf = (repository: string | null): string | null =>
  repository
    ?.split(/[/\\:]/)
    .filter(Boolean)
    .at(-1)
    ?.replace(/\.git$/, '') ?? null;

interface Claiming {
  /** The job that was in sight; on the head that the claim met, it may have been another one. */
  readonly asked: Job;
  readonly from: Time;
  readonly to: Time;
}

export function tellClaimed(job: Job, { asked, from, to }: Claiming): void {
  tellWaiting(job);
  if (asked.id !== job.id) tell({ name: 'claim', parent: traceparentOf(job), startedAt: from, endedAt: to });
}

/** Told when it is claimed: until then nobody knew how long it would wait. */
function tellWaiting(job: Job): void {
  const [attempt, before] = job.attempts.toReversed();
  if (!attempt) return;
  const { id, submittedAt, submittedBy, queuedAt } = job;
  const traceparent = traceparentOf(job);
  if (beginsTrace(job) && attempt.number === 1)
    tell({
      name: 'job',
      kind: 'producer',
      traceId: traceIdOf(job),
      spanId: traceparent.split('-')[2],
      facts: { ...jobFacts(job), 'gityard.by': submittedBy },
      startedAt: submittedAt,
      endedAt: submittedAt,
    });
  tell({
    name: 'queue',
    parent: traceparent,
    facts: { 'cicd.pipeline.run.id': id, 'cicd.pipeline.run.state': 'pending' },
    startedAt: laterOf(queuedAt ?? submittedAt, before?.endedAt ?? submittedAt),
    endedAt: attempt.startedAt,
  });
}

const laterOf = (one: Time, other: Time): Time => (isBefore(one, other) ? other : one);

export function attemptSpan(job: Job): SpanWish {
  const [attempt, before] = job.attempts.toReversed();
  return {
    name: 'BuildOrchestrator.ExecuteBuild',
    kind: 'server',
    parent: traceparentOf(job),
    spanId: attemptSpanId(job.id, job.token),
    links: before ? [attemptTraceparent(job, before.token)] : [],
    facts: {
      ...jobFacts(job),
      'gityard.attempt': attempt?.number,
      'cicd.pipeline.run.state': 'executing',
      'cicd.worker.id': attempt?.agent,
      'cicd.worker.name': attempt?.agent,
    },
  };
}

const RESULTS: Readonly<Record<JobEnd['status'], string | null>> = {
  succeeded: 'success',
  failed: 'failure',
  cancelled: 'cancellation',
  // Through no fault of its own.
  released: 'error',
  late: 'error',
  // How it ended is known once it can be handed in.
  kept: null,
  split: 'success',
};

/** A failure through no fault of its own is an error of ours, in the words of the conventions. */
const RESULTS_BY_CAUSE: Readonly<Partial<Record<Cause, string>>> = {
  timeout: 'timeout',
  infrastructure: 'error',
  policy: 'error',
};

export function endFacts({ status, cause = null }: JobEnd, seconds: number): Facts {
  const isFailed = status === 'failed';
  return {
    'build.success': status === 'kept' ? null : status === 'succeeded' || status === 'split',
    'build.duration': seconds,
    'cicd.pipeline.result': (isFailed && cause && RESULTS_BY_CAUSE[cause]) || RESULTS[status],
    'error.type': isFailed ? (cause ?? OTHER) : status === 'released' ? 'returned' : null,
    'gityard.status': status,
  };
}
/** As the conventions call what has no name. */
const OTHER = '_OTHER';

/** In the place of its agent, which cannot any more. */
export function tellLost(job: Job, { reason, now }: { readonly reason: string; readonly now: Time }): void {
  const startedAt = currentAttempt(job)?.startedAt ?? now;
  const { facts, ...span } = attemptSpan(job);
  const lost = { 'build.success': false, 'build.duration': elapsedMs(startedAt, now) / 1000, 'gityard.status': 'lost' };
  tell({
    ...span,
    facts: { ...facts, ...lost, 'cicd.pipeline.result': 'error', 'error.type': 'lost' },
    startedAt,
    endedAt: now,
    failed: reason,
  });
}

const TASK_TYPES: Readonly<Record<string, string>> = {
  Build: 'build',
  Restore: 'build',
  Test: 'test',
  Check: 'test',
  Publish: 'deploy',
};
const TASK_RESULTS: Readonly<Record<string, string>> = {
  Succeeded: 'success',
  Failed: 'failure',
  Cancelled: 'cancellation',
};

/** Tells each stage once, when it has ended, as a part of what the code is in the middle of. */
export function stageTeller({ id, token }: Pick<Job, 'id' | 'token'>): (stages: readonly Stage[]) => void {
  const told = new Set<string>();
  return (stages) => {
    for (const { name, status, startedAt, endedAt, warnings, errors, message } of stages) {
      if (startedAt === null || endedAt === null || told.has(name)) continue;
      told.add(name);
      tell({
        name,
        startedAt,
        endedAt,
        facts: {
          'cicd.pipeline.task.name': name,
          'cicd.pipeline.task.type': TASK_TYPES[name],
          'cicd.pipeline.task.run.id': `${id}/${token}/${name}`,
          'cicd.pipeline.task.run.result': TASK_RESULTS[status] ?? 'skip',
          'error.type': status === 'Failed' ? OTHER : null,
          'gityard.warnings': warnings,
          'gityard.errors': errors,
        },
        failed: status === 'Failed' ? (message ?? `${name} failed`) : null,
      });
    }
  };
}
