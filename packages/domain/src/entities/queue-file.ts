/**
 * `queue/<any-name>.json`, or in a folder there: the inbox that people fill with ordinary commits. One wish: a job to add,
 * or a command on something that exists. An array of wishes is allowed; the commit that takes a file up deletes it.
 */

import { STRATEGIES, SUPERSEDES, TOOLCHAINS, taskSchema } from './job.ts';
import { buildWishes, timeouts, tries } from './job-wishes.ts';
import {
  address,
  argument,
  closed,
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
  requirement,
  text,
} from './schema.ts';
import type { TypeOf } from './type-of.ts';

const words = (description: string) => listOf(text(100), { uniqueItems: true, description });
/** One list, so that whoever writes something else is told all of it. */
const priorityOrName = {
  enum: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 'Critical', 'High', 'Normal', 'Low'],
  description: '1 is first, 10 is last; left out: 5. Critical=1, High=3, Normal=5, Low=8.',
} as const;

export const jobWishSchema = closed(
  {
    $schema: text(300),
    schemaVersion: { type: 'integer', minimum: 1 },
    repo: { ...address, description: 'short for "repository"' },
    repository: {
      ...nullableAddress,
      description: 'the address of what is built; null: a command without a repository',
    },
    branch: { ...nullableBranch, description: 'null: the default one' },
    commit: { ...nullableCommit, description: 'null: the newest of the branch' },
    toolchain: {
      enum: [...TOOLCHAINS, null],
      default: null,
      description: 'null: as gityard.yml says, or found by what the files look like',
    },
    strategy: { enum: STRATEGIES, default: 'Incremental', description: 'over what and where it is built' },
    command: nullableCommand,
    parameters: { ...mapOf(argument), description: 'of the build: name → value' },
    task: {
      ...orNull(taskSchema),
      description: 'what an agent that takes tasks hands to its processor, instead of a build',
    },
    priority: priorityOrName,
    labels: words('labels that the agent must all have'),
    requires: listOf(requirement, { uniqueItems: true, description: 'what the agent must have, e.g. "dotnet>=8"' }),
    needs: words('ids of jobs that must have succeeded first'),
    locks: listOf(name, { uniqueItems: true, description: 'locks that are held while it runs' }),
    group: { ...nullableText(100), description: 'one job of a group runs at a time, or as many as yard.json lets' },
    key: { ...nullableText(200), description: 'while a job with this key is open, no other is made' },
    notBefore: { ...nullableTime, description: 'when it may start at the earliest, e.g. 2026-01-31T12:00:00Z' },
    ...timeouts,
    ...tries,
    ...buildWishes,
    supersede: {
      enum: [true, false, ...SUPERSEDES, null],
      default: null,
      description:
        'which older jobs of the same work it cancels: those that wait (queued, or true), or also those that run (running)',
    },
    assignedTo: { ...nullableName, description: 'only this agent may run it' },
    assignedUntil: { ...nullableTime, description: 'afterwards anybody may run it; null: never' },
    traceparent: {
      ...nullableTraceparent,
      description: 'the trace that it belongs to, as the W3C writes it; null: it begins one',
    },
  },
  [],
);

export const commandWishSchema = closed(
  {
    $schema: text(300),
    schemaVersion: { type: 'integer', minimum: 1 },
    op: {
      enum: [
        'cancel',
        'retry',
        'prioritise',
        'priority',
        'assign',
        'approve',
        'reject',
        'pause',
        'unpause',
        'pause-pool',
        'resume-pool',
        'pause-fleet',
        'resume-fleet',
        'drain',
        'maintain',
        'resume',
        'remove',
        'read',
        'acknowledge',
        'ack',
        'break-lock',
      ],
    },
    target: {
      ...text(255),
      description: 'the job, agent, pool, message or lock that is meant; of pause-fleet and resume-fleet any word',
    },
    args: {
      type: 'object',
      additionalProperties: true,
      default: {},
      description:
        'reason: a text; priority: of prioritise; agent: of assign; until: a time at which it ends by itself; reader: of read and acknowledge; force: true, of remove',
    },
    if: {
      ...mapOf(text(255)),
      description: 'fields that the target must still have, e.g. {"status": "queued"}',
    },
  },
  ['op', 'target'],
);

export type JobWish = TypeOf<typeof jobWishSchema>;
export type CommandWish = TypeOf<typeof commandWishSchema>;
