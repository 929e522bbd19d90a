/** What was tried: one attempt of a job, its stages, and why it ended badly. */
import { closed, count, listOf, name, nullableText, nullableTime, orNull, text, time } from './schema.ts';
import type { TypeOf } from './type-of.ts';

export const STAGE_STATUSES = ['Pending', 'Running', 'Succeeded', 'Failed', 'Skipped', 'Cancelled'] as const;
/** Why an attempt ended badly. Only `code` is the fault of what was built; a holder that is well gave back what it `returned`. */
export const CAUSES = ['code', 'timeout', 'infrastructure', 'policy', 'lost', 'returned', 'cancelled'] as const;
/** The causes after which trying again may help. What a policy or a person refused, no further try would change. */
export const RETRIED_CAUSES = ['code', 'timeout', 'infrastructure', 'lost'] as const;

const nullableInteger = { type: ['integer', 'null'], default: null } as const;

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

export const attemptSchema = closed(
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
      enum: ['claimed', 'running', 'succeeded', 'failed', 'cancelled', 'lost', 'split'],
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

export type Attempt = TypeOf<typeof attemptSchema>;
export type Stage = TypeOf<typeof stageSchema>;
export type Cause = (typeof CAUSES)[number];
