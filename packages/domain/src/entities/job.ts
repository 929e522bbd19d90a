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

import { approvalSchema } from './approval.ts';
import { attemptSchema } from './attempt.ts';
import { resultSchema } from './build-result.ts';
import { importedFrom } from './import-record.ts';
import { buildWishes, timeouts, tries } from './job-wishes.ts';
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
  nullableCommand,
  nullableCommit,
  nullableName,
  nullableText,
  nullableTime,
  nullableTraceparent,
  orNull,
  priority,
  requirement,
  schemaVersion,
  text,
  time,
} from './schema.ts';
import { partSchema, splitSchema } from './split.ts';
import type { TypeOf } from './type-of.ts';

export const JOB_STATUSES = ['queued', 'claimed', 'running', 'succeeded', 'failed', 'cancelled', 'expired'] as const;
export const STRATEGIES = ['Incremental', 'Clean', 'Cached', 'Distributed', 'Canary'] as const;
export const TOOLCHAINS = ['dotnet', 'npm', 'maven', 'make', 'shell'] as const;
/** Which older jobs of the same work a new one makes needless: those that wait, or also those that run. */
export const SUPERSEDES = ['queued', 'running'] as const;

/** Over the job as it was asked for, by a key that agents know (research/reliability.md §2.2). */
const signatureSchema = closed(
  {
    payload: {
      ...text(200_000),
      description: 'what was signed: the job as it was asked for, as JSON without blanks, keys sorted',
    },
    signature: { ...text(5_000), description: 'SSHSIG over its bytes, armoured, in the namespace gityard-job' },
    key: {
      ...nullableText(100),
      description: 'fingerprint of the key, by the word of who signed: agents check the signature',
    },
  },
  ['payload', 'signature'],
);

const byWhom = closed({ by: text(255), at: time, reason: nullableText(1000) }, ['by', 'at']);

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

/** What of it an agent takes, it judges by itself, where the archive is fetched: the page need not carry those rules. */
const updateSchema = closed(
  {
    version: text(50),
    source: { ...text(2000), description: 'npm:<package>, an https address, or an absolute path of its agent' },
    integrity: {
      ...text(95),
      description: 'sha512- and the digest of the archive in base64, as package managers write it',
    },
  },
  ['version', 'source', 'integrity'],
);

export const jobSchema = closed(
  {
    schemaVersion,
    id: name,
    status: { enum: JOB_STATUSES },
    priority,
    submittedAt: time,
    submittedBy: { ...text(255), default: 'unknown' },
    committedBy: {
      ...nullableText(255),
      description: 'who committed the file of the inbox that asked for it, where that matters to its approval',
    },
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
    strategyNamed: {
      type: 'boolean',
      default: true,
      description: 'false: the request named none, so that the gityard.yml of the repository may',
    },
    command: nullableCommand,
    parameters: { ...mapOf(argument) },
    task: {
      ...orNull(taskSchema),
      description: 'for a task receiver and its processor, instead of a build: the labels are its tags',
    },
    // The program that its agent is to change to, instead of a build. Without a default: most jobs have none.
    update: updateSchema,
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
    ...buildWishes,
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
    approvals: listOf(approvalSchema, { maxItems: 100 }),
    cancelRequested: orNull(byWhom),
    parent: { ...nullableName, description: 'the job that was split into this one and others' },
    part: { ...orNull(partSchema), description: 'what it is of its parent' },
    split: { ...orNull(splitSchema), description: 'the jobs that this one was split into' },
    signature: orNull(signatureSchema),
    token: count,
    agent: nullableName,
    attempts: listOf(attemptSchema, { maxItems: 500 }),
    result: orNull(resultSchema),
    endedAt: nullableTime,
    traceparent: {
      ...nullableTraceparent,
      description: 'the span that asked for it, of the trace that its attempts belong to',
    },
    importedFrom,
  },
  ['id', 'status', 'submittedAt'],
);

export type Job = TypeOf<typeof jobSchema>;
export type JobStatus = Job['status'];
export type Update = NonNullable<Job['update']>;
export type Task = NonNullable<Job['task']>;
export type Toolchain = (typeof TOOLCHAINS)[number];

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
/** Why it ended badly: a job whose parts failed has no attempt of its own that did. */
export const whyEnded = (job: Job): string | null => job.split?.failure ?? currentAttempt(job)?.reason ?? null;
/** The attempt that holds the current token. */
export const currentAttempt = (job: Job): Job['attempts'][number] | undefined => job.attempts.at(-1);
