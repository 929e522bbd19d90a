/**
 * What the log of a job's last attempt tells of its tests: the failed ones with their stacks, and the slowest. It lies
 * beside the log, was written by whoever ran the build, and is not trusted to be whole.
 */

import { jsonIn } from '../json-in.ts';
import { attemptLogs, type Tried } from '../logs/find-logs.ts';
import type { Reading } from '../question.ts';

export interface FailedCase {
  readonly name: string;
  readonly message: string | null;
  readonly path: string | null;
  readonly line: number | null;
  readonly details: string | null;
}
export interface SlowCase {
  readonly name: string;
  readonly durationMs: number;
}
export interface JobRecord {
  readonly failed: readonly FailedCase[];
  readonly slow: readonly SlowCase[];
}

const MOST_CASES = 200;
const MOST_CHARACTERS = 20_000;

/** null: there is no such record. */
export async function jobRecord(
  reading: Reading,
  asked: { readonly id: string; readonly attempts: readonly Tried[] },
): Promise<JobRecord | null> {
  const logs = await attemptLogs(reading, { ...asked, place: { ref: 'logs' } });
  const oid = logs.at(-1)?.record?.oid;
  if (oid === undefined) return null;
  const { testCases } = fields(jsonIn(await reading.blob(oid)));
  const { failed, slow } = fields(testCases);
  return {
    failed: list(failed).map(({ name, message, path, line, details }) => ({
      name: words(name) ?? '',
      message: words(message),
      path: words(path),
      line: figure(line),
      details: words(details),
    })),
    slow: list(slow).map(({ name, durationMs }) => ({ name: words(name) ?? '', durationMs: figure(durationMs) ?? 0 })),
  };
}

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const list = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.slice(0, MOST_CASES).map(fields) : [];
const words = (value: unknown): string | null => (typeof value === 'string' ? value.slice(0, MOST_CHARACTERS) : null);
const figure = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);
