/**
 * How a job of the predecessor ended, and who tried. Only a word that is known to mean an end is taken for one: anything else
 * waits, paused, for a person to look at it.
 */
import { type Attempt, idFrom, type Job, type Time } from '@gityard/domain';
import type { Fields } from '../reading/items-in.ts';
import type { Shaping } from './candidate.ts';
import { numberOf, pick, textOf } from './fields.ts';
import { pastTime, timeOf } from './time-of.ts';

export const ENDED = ['completed_at', 'finished_at', 'ended_at', 'failed_at', 'completedAt', 'end_time'] as const;
export const STARTED = ['started_at', 'assigned_at', 'claimed_at', 'startedAt', 'start_time'] as const;
export const DURATION = ['duration_seconds', 'duration', 'build_time', 'elapsed', 'seconds'] as const;
const AGENT = ['assigned_to', 'assignedTo', 'server_id', 'server', 'worker', 'agent'] as const;

const STATUSES: Readonly<Record<string, Job['status']>> = {
  completed: 'succeeded',
  complete: 'succeeded',
  succeeded: 'succeeded',
  success: 'succeeded',
  done: 'succeeded',
  failed: 'failed',
  failure: 'failed',
  error: 'failed',
  cancelled: 'cancelled',
  canceled: 'cancelled',
  aborted: 'cancelled',
  expired: 'expired',
  timeout: 'expired',
};

export const hasEnded = (fields: Fields): boolean => Object.hasOwn(STATUSES, wordOfStatus(fields));
const wordOfStatus = (fields: Fields): string => (textOf(fields, 'status', 'state') ?? '').trim().toLowerCase();

interface Ending {
  readonly shaping: Shaping;
  readonly submittedAt: Time;
  readonly notes: string[];
}

type End = Pick<Job, 'status' | 'paused' | 'queuedAt' | 'token' | 'attempts' | 'result' | 'endedAt'>;

export function endOf(fields: Fields, { shaping, submittedAt, notes }: Ending): End {
  const word = wordOfStatus(fields);
  const status = Object.hasOwn(STATUSES, word) ? STATUSES[word] : undefined;
  if (status === undefined) return { ...OPEN, queuedAt: shaping.now, paused: pausedBy(shaping, word) };
  const startedAt = pastTime(timeOf(fields, notes, ...STARTED), shaping.now, notes);
  const told = timeOf(fields, notes, ...ENDED) ?? endByDuration(fields, startedAt);
  const endedAt = pastTime(told, shaping.now, notes) ?? unknownEnd(notes, startedAt ?? submittedAt);
  const exitCode = exitCodeOf(fields);
  const attempts = attemptsOf(fields, { status, startedAt: startedAt ?? submittedAt, endedAt, exitCode });
  const result = { exitCode } as Job['result'];
  return { status, paused: null, queuedAt: null, token: attempts.length, attempts, result, endedAt };
}

/** It waits here since it came, however long it had waited there. */
const OPEN = { status: 'queued', token: 0, attempts: [], result: null, endedAt: null } satisfies Partial<Job>;

const pausedBy = ({ source, now }: Shaping, word: string): Job['paused'] => ({
  by: 'import',
  at: now,
  reason: `was "${word.slice(0, 30)}" in ${source}: an import starts nothing`,
  until: null,
});

function endByDuration(fields: Fields, startedAt: Time | null): Time | null {
  const seconds = numberOf(fields, ...DURATION);
  if (startedAt === null || seconds === null || seconds < 0 || seconds > 31_536_000) return null;
  return new Date(Date.parse(startedAt) + seconds * 1000).toISOString();
}

function unknownEnd(notes: string[], at: Time): Time {
  notes.push('an ended job said no end and got the last time that is known of it');
  return at;
}

function exitCodeOf(fields: Fields): number | null {
  const told = numberOf(fields, 'exit_code', 'exitCode');
  return Number.isSafeInteger(told) ? told : null;
}

function attemptsOf(
  fields: Fields,
  {
    status,
    startedAt,
    endedAt,
    exitCode,
  }: { status: Job['status']; startedAt: Time; endedAt: Time; exitCode: number | null },
): Attempt[] {
  const agent = textOf(fields, ...AGENT);
  if (agent === null) return [];
  const ending = status === 'expired' ? 'failed' : status;
  const reason = pick(fields, 'error', 'error_message', 'reason', 'notes');
  return [
    {
      number: 1,
      agent: idFrom(agent),
      token: 1,
      boot: null,
      startedAt,
      endedAt,
      status: ending as Attempt['status'],
      cause: status === 'expired' ? 'timeout' : null,
      exitCode,
      signal: null,
      reason: typeof reason === 'string' ? reason.slice(0, 2000) : null,
      stages: [],
      late: null,
    },
  ];
}
