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

const words = listOf(text(100), { uniqueItems: true });
/** People may write the names of the priorities. */
const priorityOrName = {
  anyOf: [{ type: 'integer', minimum: 1, maximum: 10 }, { enum: ['Critical', 'High', 'Normal', 'Low'] }],
} as const;

export const jobWishSchema = closed(
  {
    $schema: text(300),
    schemaVersion: { type: 'integer', minimum: 1 },
    repo: { ...address, description: 'short for "repository"' },
    repository: nullableAddress,
    branch: nullableBranch,
    commit: nullableCommit,
    toolchain: { enum: [...TOOLCHAINS, null], default: null },
    strategy: { enum: STRATEGIES, default: 'Incremental' },
    command: {
      type: ['array', 'null'],
      items: argument,
      minItems: 1,
      maxItems: 500,
      default: null,
    },
    parameters: mapOf(argument),
    task: orNull(taskSchema),
    priority: priorityOrName,
    labels: words,
    requires: listOf(requirement, { uniqueItems: true }),
    needs: listOf(text(100), { uniqueItems: true }),
    locks: listOf(name, { uniqueItems: true }),
    group: nullableText(100),
    key: nullableText(200),
    notBefore: nullableTime,
    ...timeouts,
    ...tries,
    ...buildWishes,
    supersede: { enum: [true, false, ...SUPERSEDES, null], default: null, description: 'true is short for "queued"' },
    assignedTo: nullableName,
    assignedUntil: nullableTime,
    traceparent: { ...nullableTraceparent, description: 'of the trace that it belongs to; else it begins one' },
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
    target: text(255),
    args: {
      type: 'object',
      additionalProperties: true,
      default: {},
      description: 'reason; priority, agent, reader, until (a time), force',
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
