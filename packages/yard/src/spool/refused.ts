/**
 * `refused.jsonl`: what was accepted here and refused by the yard. It is told of until a person has seen it, so that nothing
 * that was accepted ends without a word.
 */
import { join } from 'node:path';
import type { Time } from '@gityard/domain';
import { type Files, writeDurably } from '@gityard/store';
import { aboutWaiting, type Waiting } from './waiting.ts';

export interface RefusedRow {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly since: Time;
  readonly refusedAt: Time;
  readonly code: string;
  readonly reason: string;
  /** The operation, as it was asked for; null for a log. */
  readonly input: unknown;
}

/** Rows of more mistakes than anybody reads; the oldest go first. */
const MOST = 1_000;

const pathOf = (folder: string): string => join(folder, 'refused.jsonl');

export interface RefusedPlace {
  readonly folder: string;
  readonly disk: Files;
}

export async function refusedRows({ folder, disk }: RefusedPlace): Promise<readonly RefusedRow[]> {
  const bytes = await disk.readFile(pathOf(folder)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return bytes
    .toString()
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as RefusedRow]));
}

/** Told again after a crash, a row stays one row. */
export async function addRefused(place: RefusedPlace, rows: readonly RefusedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const all = new Map([...(await refusedRows(place)), ...rows].map((it) => [it.id, it]));
  const text = [...all.values()].slice(-MOST).map((it) => `${JSON.stringify(it)}\n`);
  await writeDurably(pathOf(place.folder), Buffer.from(text.join('')), place.disk);
}

export const forgetRefused = ({ folder, disk }: RefusedPlace): Promise<void> =>
  disk.rm(pathOf(folder), { force: true });

export function refusedRow(
  waiting: Waiting,
  { code, reason, refusedAt }: Pick<RefusedRow, 'code' | 'reason' | 'refusedAt'>,
): RefusedRow {
  const { id, since } = waiting;
  const input = 'operation' in waiting ? waiting.operation.input : null;
  return { id, ...aboutWaiting(waiting), since, refusedAt, code, reason, input };
}
