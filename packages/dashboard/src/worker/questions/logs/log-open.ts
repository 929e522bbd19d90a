/** What there is to know of a log before any line of it is drawn. Asked again while it grows. */
import type { Time } from '@gityard/domain';
import type { Reading } from '../question.ts';
import type { Group } from './log-marks.ts';
import { type LogAsked, openLog } from './open-log.ts';

export interface LogOpened {
  readonly lines: number;
  /** False: they are the last of more, and nobody knows their numbers yet. */
  readonly isWhole: boolean;
  /** Nothing more will come. */
  readonly isOver: boolean;
  readonly bytes: number;
  /** Of all of it; null: the source does not say. */
  readonly totalBytes: number | null;
  readonly chunks: number;
  readonly groups: readonly Group[];
  readonly errors: readonly number[];
  readonly warnings: readonly number[];
  readonly attempt: number;
  readonly attempts: readonly { readonly number: number; readonly agent: string; readonly startedAt: Time }[];
}

/** null: there is no log. */
export async function logOpen(reading: Reading, asked: LogAsked): Promise<LogOpened | null> {
  const open = await openLog(reading, asked);
  if (!open) return null;
  const { text, log, attempts, attempt, isWhole, chunks } = open;
  const sizes = log.chunks.map(({ sizeBytes }) => sizeBytes);
  const loaded = [...chunks.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
  return {
    lines: text.count,
    isWhole,
    isOver: log.record !== null || log.page !== null,
    bytes: loaded,
    totalBytes: isWhole ? loaded : sizes.includes(null) ? null : sizes.reduce<number>((sum, it) => sum + (it ?? 0), 0),
    chunks: log.chunks.length,
    groups: text.groups,
    errors: text.errors,
    warnings: text.warnings,
    attempt,
    attempts: attempts.map(({ number, agent, startedAt }) => ({ number, agent, startedAt })),
  };
}
