/**
 * `queue/<any-name>.json`: the inbox that people fill with ordinary commits. One wish: a job to add, or a command
 * on something that exists. An array of wishes is allowed; the commit that takes a file up deletes it.
 */

import { STRATEGIES, TOOLCHAINS } from './job.ts';
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
  nullableText,
  nullableTime,
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
    priority: priorityOrName,
    labels: words,
    requires: listOf(requirement, { uniqueItems: true }),
    needs: listOf(text(100), { uniqueItems: true }),
    locks: listOf(name, { uniqueItems: true }),
    group: nullableText(100),
    key: nullableText(200),
    notBefore: nullableTime,
    timeoutSeconds: {
      type: ['number', 'null'],
      minimum: 1,
      maximum: 604_800,
      default: null,
    },
    retries: { type: 'integer', minimum: 0, maximum: 100, default: 0 },
  },
  [],
);

export const commandWishSchema = closed(
  {
    $schema: text(300),
    schemaVersion: { type: 'integer', minimum: 1 },
    op: {
      enum: ['cancel', 'retry', 'prioritise', 'assign', 'drain', 'resume', 'read', 'acknowledge', 'break-lock'],
    },
    target: text(255),
    args: { type: 'object', additionalProperties: true, default: {} },
    if: {
      ...mapOf(text(255)),
      description: 'fields that the target must still have, e.g. {"status": "queued"}',
    },
  },
  ['op', 'target'],
);

export type JobWish = TypeOf<typeof jobWishSchema>;
export type CommandWish = TypeOf<typeof commandWishSchema>;
