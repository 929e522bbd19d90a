/**
 * `shared/jobs/<aa>/<job>.json`: one thing to build, with everything that was tried.
 *
 *            claim            start            finish
 *   queued ────────▶ claimed ───────▶ running ────────▶ succeeded | failed | cancelled
 *     ▲ │                │               │
 *     │ └── cancel ──────┼───────────────┼────▶ cancelled          expire: queued ──▶ expired
 *     └──── requeue ─────┴───────────────┘   (silent agent, or a failed attempt with tries left)
 *     └──── retry, from any end: the same job, a new attempt
 *
 * The token is the fencing token: it rises by one with every claim, lives on the job and never restarts.
 */

import { importedFrom } from './import-record.ts';
import { pauseSchema } from './pause.ts';
import {
  argument,
  closed,
  count,
  listOf,
  mapOf,
  name,
  nullableAddress,
  nullableBranch,
  nullableCommit,
  nullableName,
  nullableText,
  nullableTime,
  orNull,
  priority,
  requirement,
  schemaVersion,
  text,
  time,
} from './schema.ts';
import type { TypeOf } from './type-of.ts';

export const JOB_STATUSES = ['queued', 'claimed', 'running', 'succeeded', 'failed', 'cancelled', 'expired'] as const;
export const STAGE_STATUSES = ['Pending', 'Running', 'Succeeded', 'Failed', 'Skipped', 'Cancelled'] as const;
export const STRATEGIES = ['Incremental', 'Clean', 'Cached', 'Distributed', 'Canary'] as const;
export const TOOLCHAINS = ['dotnet', 'npm', 'maven', 'make', 'shell'] as const;
/** Why an attempt ended badly. Only `code` is the fault of what was built; a holder that is well gave back what it `returned`. */
export const CAUSES = ['code', 'timeout', 'infrastructure', 'policy', 'lost', 'returned', 'cancelled'] as const;
/** The causes after which trying again may help. What a policy or a person refused, no further try would change. */
export const RETRIED_CAUSES = ['code', 'timeout', 'infrastructure', 'lost'] as const;
/** Which older jobs of the same work a new one makes needless: those that wait, or also those that run. */
export const SUPERSEDES = ['queued', 'running'] as const;

/** How much of what a processor prints is kept in the job itself; the log has all of it. */
export const RESULT_TEXT_CHARACTERS = 8_000;

const nullableInteger = { type: ['integer', 'null'], default: null } as const;
const nullableSeconds = <const M extends number>(minimum: M, description: string) =>
  ({ type: ['number', 'null'], minimum, maximum: 604_800, default: null, description }) as const;

/** What a submitter may say about how long things may take. null: as yard.json says. */
export const timeouts = {
  timeoutSeconds: nullableSeconds(1, 'how long an attempt may run'),
  queueTimeoutSeconds: nullableSeconds(0, 'how long it may wait before it expires; 0 = for ever'),
  startTimeoutSeconds: nullableSeconds(
    0,
    'how long a claim may go without a start; 0 = for as long as its lease lives',
  ),
  silentTimeoutSeconds: nullableSeconds(0, 'how long its commands may print nothing; 0 = for ever'),
} as const;

export const tries = {
  retries: {
    type: 'integer',
    minimum: 0,
    maximum: 100,
    default: 0,
    description: 'more tries after a failure',
  },
  retryOn: {
    type: ['array', 'null'],
    items: { enum: RETRIED_CAUSES },
    uniqueItems: true,
    default: null,
    description: 'the causes after which it is tried again; null: as yard.json says; none: it never runs twice',
  },
} as const;

export const stageSchema = closed(
  {
    name: text(50),
    status: { enum: STAGE_STATUSES },
    startedAt: nullableTime,
    endedAt: nullableTime,
    warnings: count,
    errors: count,
    message: nullableText(1000),
  },
  ['name', 'status'],
);

const byWhom = closed({ by: text(255), at: time, reason: nullableText(1000) }, ['by', 'at']);

const attemptSchema = closed(
  {
    number: { type: 'integer', minimum: 1 },
    agent: name,
    token: { type: 'integer', minimum: 1 },
    boot: {
      ...nullableText(100),
      description: 'the daemon that holds it by its heartbeats; null = held by hand, until the timeout',
    },
    startedAt: { ...time, description: 'when it was claimed' },
    endedAt: nullableTime,
    status: {
      enum: ['claimed', 'running', 'succeeded', 'failed', 'cancelled', 'lost'],
    },
    cause: { enum: [...CAUSES, null], default: null },
    exitCode: nullableInteger,
    signal: nullableText(20),
    reason: nullableText(2000),
    stages: listOf(stageSchema, { maxItems: 50 }),
    late: {
      ...orNull(closed({ status: text(20), exitCode: nullableInteger, at: time }, ['status', 'at'])),
      description: 'what the holder reported after the job had been taken from it: a note, never the result',
    },
  },
  ['number', 'agent', 'token', 'startedAt', 'status'],
);

const testsSchema = closed({ total: count, passed: count, failed: count, skipped: count }, []);

export const taskSchema = closed(
  {
    text: text(2000),
    parameters: {
      type: 'object',
      additionalProperties: true,
      default: {},
      description: 'any JSON, nested as one likes; its processor reads it',
    },
    notify: {
      type: 'boolean',
      default: false,
      description: 'whoever asked for it hears when it is taken and how it ends',
    },
    message: { ...nullableName, description: 'the message that asked for it' },
  },
  ['text'],
);

const resultSchema = closed(
  {
    text: { ...nullableText(RESULT_TEXT_CHARACTERS), description: 'what the processor of a task answered, its end' },
    exitCode: nullableInteger,
    artifacts: count,
    manifest: nullableText(300),
    log: nullableText(300),
    tests: orNull(testsSchema),
    isolation: nullableText(100),
  },
  [],
);

export const jobSchema = closed(
  {
    schemaVersion,
    id: name,
    status: { enum: JOB_STATUSES },
    priority,
    submittedAt: time,
    submittedBy: { ...text(255), default: 'unknown' },
    repository: {
      ...nullableAddress,
      description: 'URL or path that an agent can clone; null runs a command in an empty folder',
    },
    branch: nullableBranch,
    commit: nullableCommit,
    toolchain: {
      enum: [...TOOLCHAINS, null],
      default: null,
      description: 'null = detected',
    },
    strategy: { enum: STRATEGIES, default: 'Incremental' },
    command: {
      type: ['array', 'null'],
      items: argument,
      minItems: 1,
      maxItems: 500,
      default: null,
    },
    parameters: { ...mapOf(argument) },
    task: {
      ...orNull(taskSchema),
      description: 'for a task receiver and its processor, instead of a build: the labels are its tags',
    },
    labels: listOf(text(100), {
      uniqueItems: true,
      description: 'an agent must have all of them',
    }),
    requires: listOf(requirement, {
      uniqueItems: true,
      description: 'capabilities, e.g. "dotnet>=8"',
    }),
    needs: listOf(name, {
      uniqueItems: true,
      description: 'jobs that must have succeeded first',
    }),
    locks: listOf(name, {
      uniqueItems: true,
      description: 'locks that the job holds while it runs',
    }),
    group: nullableText(100),
    key: {
      ...nullableText(200),
      description: 'an open job with the same key is returned instead of a new one',
    },
    notBefore: nullableTime,
    queuedAt: { ...nullableTime, description: 'since when it waits; null: since it was submitted' },
    ...timeouts,
    ...tries,
    supersede: {
      enum: [...SUPERSEDES, null],
      default: null,
      description: 'cancels older jobs of the same work: those that wait, or also those that run',
    },
    assignedTo: nullableName,
    movedFrom: {
      ...nullableName,
      description: 'the agent it was assigned to before the backup of that one took over; it goes back there',
    },
    assignedUntil: {
      ...nullableTime,
      description: 'from then on anyone may run it; null: only the assigned agent ever',
    },
    paused: orNull(pauseSchema),
    cancelRequested: orNull(byWhom),
    token: count,
    agent: nullableName,
    attempts: listOf(attemptSchema, { maxItems: 500 }),
    result: orNull(resultSchema),
    endedAt: nullableTime,
    traceparent: nullableText(100),
    importedFrom,
  },
  ['id', 'status', 'submittedAt'],
);

export type Job = TypeOf<typeof jobSchema>;
export type JobStatus = Job['status'];
export type Task = NonNullable<Job['task']>;
export type Attempt = Job['attempts'][number];
export type Stage = TypeOf<typeof stageSchema>;
export type Cause = (typeof CAUSES)[number];
export type JobResult = TypeOf<typeof resultSchema>;
export type Toolchain = (typeof TOOLCHAINS)[number];
export type TestTotals = TypeOf<typeof testsSchema>;

/** Which status may follow which. The spec walks the whole matrix; audit replays it. */
export const NEXT_STATUS: Readonly<Record<JobStatus, readonly JobStatus[]>> = {
  queued: ['claimed', 'cancelled', 'expired', 'failed'],
  claimed: ['running', 'queued', 'succeeded', 'failed', 'cancelled'],
  running: ['queued', 'succeeded', 'failed', 'cancelled'],
  succeeded: ['queued'],
  failed: ['queued'],
  cancelled: ['queued'],
  expired: ['queued'],
};

export const isHeld = (job: Job): boolean => job.status === 'claimed' || job.status === 'running';
export const isFinished = (job: Job): boolean => !isHeld(job) && job.status !== 'queued';
/** The attempt that holds the current token. */
export const currentAttempt = (job: Job): Attempt | undefined => job.attempts.at(-1);
