/** One line of `shared/metrics/<yyyy>-<mm>.jsonl`: how long an attempt took, and where. What prediction learns from (R63). */

import { CAUSES } from './attempt.ts';
import { STRATEGIES, TOOLCHAINS } from './job.ts';
import { closed, count, name, nullableText, schemaVersion, time } from './schema.ts';
import type { TypeOf } from './type-of.ts';

export const RECORD_STATUSES = ['succeeded', 'failed', 'cancelled', 'lost', 'split'] as const;

const seconds = { type: 'number', minimum: 0, maximum: 1e9 } as const;

export const attemptRecordSchema = closed(
  {
    schemaVersion,
    job: name,
    attempt: { type: 'integer', minimum: 1, description: 'its number; with the job it is there once' },
    agent: name,
    repository: { ...nullableText(2000), description: 'the project' },
    branch: nullableText(255),
    commit: nullableText(64),
    toolchain: { enum: [...TOOLCHAINS, null], default: null },
    strategy: { enum: STRATEGIES, default: 'Incremental' },
    startedAt: time,
    seconds,
    queuedSeconds: { ...seconds, type: ['number', 'null'], default: null, description: 'how long it waited before' },
    status: { enum: RECORD_STATUSES },
    cause: { enum: [...CAUSES, null], default: null },
    artifacts: count,
    bytes: count,
  },
  ['job', 'attempt', 'agent', 'startedAt', 'seconds', 'status'],
);

export type AttemptRecord = TypeOf<typeof attemptRecordSchema>;
