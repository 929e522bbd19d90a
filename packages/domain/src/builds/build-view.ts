/**
 * A job as the build that a program asked for (REQUIREMENTS R102, R103, R114): how far it is, and once it has ended what came of
 * it. Knows no addresses: links are for the face that has them.
 */
import type { Stage } from '../entities/attempt.ts';
import type { Annotation, Coverage, FailedTest, TestTotals } from '../entities/build-result.ts';
import { currentAttempt, isFinished, isHeld, type Job, whyEnded } from '../entities/job.ts';
import { isoDuration } from '../iso-duration.ts';
import type { State } from '../state.ts';
import { elapsedMs, type Time } from '../time.ts';
import { traceIdOf } from '../traces/traceparent.ts';
import { stagesNow } from '../views/stages-now.ts';
import { type BuildRequestView, buildOfJob } from './job-of-build.ts';
import { type Target, targetOf } from './target-pool.ts';

export const BUILD_STATUSES = [
  'Queued',
  'Running',
  'Cancelling',
  'Succeeded',
  'Failed',
  'Cancelled',
  'Expired',
] as const;
export type BuildStatus = (typeof BUILD_STATUSES)[number];

/** As a list shows it. */
export interface BuildHead {
  readonly executionId: string;
  readonly projectName: string;
  readonly status: BuildStatus;
  readonly currentStage: string | null;
  readonly repositoryUrl: string | null;
  readonly gitRef: string | null;
  readonly commit: string | null;
  readonly configuration: string;
  readonly strategy: Job['strategy'];
  readonly priority: BuildRequestView['priority'];
  readonly requester: string;
  readonly requesterEmail: string | null;
  readonly createdAt: Time;
  /** Of the last try. */
  readonly startTime: Time | null;
  readonly endTime: Time | null;
  /** ISO 8601; of one that runs: until now. */
  readonly duration: string | null;
  /** null: it has not ended. */
  readonly success: boolean | null;
  readonly agent: BuildAgent | null;
  readonly traceId: string;
}

interface BuildAgent {
  readonly agentId: string;
  /** As the agent told it; its id where that has gone. */
  readonly hostname: string;
  readonly targetType: Target | null;
}

export interface BuildView extends BuildHead {
  readonly request: BuildRequestView;
  readonly progress: string | null;
  readonly attempts: number;
  readonly stages: readonly BuildStage[];
  /** Of the last try, once the build has ended. */
  readonly stageResults: readonly StageResult[];
  readonly testResults: TestResults | null;
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
  readonly errorMessage: string | null;
  /** The builds that it was split into. */
  readonly parts: readonly string[];
}

interface BuildStage {
  readonly name: string;
  readonly status: Stage['status'];
  readonly startTime: Time | null;
  readonly duration: string | null;
  readonly warningsCount: number;
}

interface StageResult {
  readonly stageName: string;
  readonly status: Stage['status'];
  readonly start: Time | null;
  readonly end: Time | null;
  readonly duration: string | null;
  readonly message: string | null;
  readonly warningsCount: number;
  readonly errorsCount: number;
}

interface TestResults extends TestTotals {
  /** The first of them. */
  readonly failedTests: readonly FailedTest[];
  readonly flakyTests: readonly string[];
  readonly coverage: Coverage | null;
}

type Seen = Pick<State, 'agents' | 'heartbeats'>;

export function buildHead(state: Seen, job: Job, now: Time): BuildHead {
  const { id, commit, submittedBy, submittedAt, endedAt } = job;
  const { projectName, repositoryUrl, gitRef, configuration, strategy, priority, requesterEmail } = buildOfJob(job);
  const startTime = job.status === 'queued' ? null : (currentAttempt(job)?.startedAt ?? null);
  return {
    executionId: id,
    projectName,
    status: buildStatus(job),
    currentStage: isHeld(job) ? currentStage(stagesNow(state, job).stages) : null,
    repositoryUrl,
    gitRef,
    commit,
    configuration,
    strategy,
    priority,
    requester: submittedBy,
    requesterEmail,
    createdAt: submittedAt,
    startTime,
    endTime: endedAt,
    duration: span(startTime, endedAt ?? (isHeld(job) ? now : null)),
    success: isFinished(job) ? job.status === 'succeeded' : null,
    agent: agentOf(state, job),
    traceId: traceIdOf(job),
  };
}

export function buildView(state: Seen, job: Job, now: Time): BuildView {
  const { stages, progress } = stagesNow(state, job);
  const annotations = job.result?.annotations ?? [];
  const textsOf = (level: Annotation['level']) => annotations.filter((it) => it.level === level).map(annotationText);
  return {
    ...buildHead(state, job, now),
    request: buildOfJob(job),
    progress,
    attempts: job.attempts.length,
    stages: stages.map((it) => stageOf(it, isHeld(job) ? now : null)),
    stageResults: isFinished(job) ? stages.map(stageResultOf) : [],
    testResults: testResultsOf(job),
    warnings: textsOf('warning'),
    errors: textsOf('error'),
    errorMessage: errorMessageOf(job),
    parts: job.split?.children ?? [],
  };
}

export function buildStatus({ status, cancelRequested }: Pick<Job, 'status' | 'cancelRequested'>): BuildStatus {
  if (status === 'claimed' || status === 'running') return cancelRequested === null ? 'Running' : 'Cancelling';
  return STATUS_WORDS[status];
}

const STATUS_WORDS = {
  queued: 'Queued',
  succeeded: 'Succeeded',
  failed: 'Failed',
  cancelled: 'Cancelled',
  expired: 'Expired',
} as const;

const currentStage = (stages: readonly Stage[]): string | null =>
  stages.find((it) => it.status === 'Running')?.name ?? null;

function agentOf({ agents }: Seen, job: Job): BuildAgent | null {
  // A person may have written into the job of nobody that somebody holds it.
  const agentId = isFinished(job) ? currentAttempt(job)?.agent : isHeld(job) ? job.agent : null;
  if (agentId === null || agentId === undefined) return null;
  const agent = agents.get(agentId);
  return { agentId, hostname: agent?.host ?? agentId, targetType: agent ? targetOf(agent) : null };
}

const stageOf = ({ name, status, startedAt, endedAt, warnings }: Stage, now: Time | null): BuildStage => ({
  name,
  status,
  startTime: startedAt,
  duration: span(startedAt, endedAt ?? (status === 'Running' ? now : null)),
  warningsCount: warnings,
});

const stageResultOf = ({ name, status, startedAt, endedAt, message, warnings, errors }: Stage): StageResult => ({
  stageName: name,
  status,
  start: startedAt,
  end: endedAt,
  duration: span(startedAt, endedAt),
  message,
  warningsCount: warnings,
  errorsCount: errors,
});

function testResultsOf({ result }: Job): TestResults | null {
  if (!result?.tests) return null;
  const { tests, failedTests, flakyTests, coverage } = result;
  return { ...tests, failedTests, flakyTests, coverage };
}

/** As compilers say it: `src/a.cs:3:5: CS1002: ; expected` */
function annotationText({ path, line, column, code, message }: Annotation): string {
  const place = [path, line, column].filter((it) => it !== null).join(':');
  return [place, code, message].filter((it) => it !== null && it !== '').join(': ');
}

function errorMessageOf(job: Job): string | null {
  if (!isFinished(job) || job.status === 'succeeded') return null;
  if (job.status === 'cancelled' && job.cancelRequested !== null) {
    const { by, reason } = job.cancelRequested;
    return `cancelled by ${by}${reason === null ? '' : `: ${reason}`}`;
  }
  return whyEnded(job) ?? (job.status === 'expired' ? 'nobody could take it in the time that it may wait' : null);
}

/** A stamp of another machine may be no time, or lie after ours. */
function span(from: Time | null, to: Time | null): string | null {
  const ms = from === null || to === null ? Number.NaN : elapsedMs(from, to);
  return Number.isFinite(ms) ? isoDuration(ms) : null;
}
