/**
 * A job of the predecessor. What had ended keeps its end and its times; what was open comes paused, so that no import starts
 * a build. The smallest priority is the first, as it was there: it is never turned round.
 */
import { type Attempt, idFrom, type Job, type Time } from '@gityard/domain';
import type { Fields, Item } from '../reading/items-in.ts';
import { digestOf, type Shape, type Shaping, unfit } from './candidate.ts';
import { has, numberOf, pick, spoken, textOf, wordsOf } from './fields.ts';
import { fitted } from './fitted.ts';
import { timeInId, timeOf } from './time-of.ts';
import { readTime } from './times.ts';

const CREATED = ['created_at', 'submitted_at', 'queued_at', 'createdAt', 'timestamp', 'created'] as const;
const ENDED = ['completed_at', 'finished_at', 'ended_at', 'failed_at', 'completedAt', 'end_time'] as const;
const STARTED = ['started_at', 'assigned_at', 'claimed_at', 'startedAt', 'start_time'] as const;
const DURATION = ['duration_seconds', 'duration', 'build_time', 'elapsed', 'seconds'] as const;
const AGENT = ['assigned_to', 'assignedTo', 'server_id', 'server', 'worker', 'agent'] as const;

export const isJob = (fields: Fields): boolean =>
  has(fields, 'status', 'state') &&
  spoken(fields, 'branch', 'commit', 'priority', 'created_at', 'submitted_at', 'assigned_to', 'job_id') > 0;

export const jobIdOf = ({ fields, key }: Item): string | null => textOf(fields, 'id', 'job_id', 'jobId') ?? key;

/** Two entries of one id that agree in these are one job. */
export const JOB_WORDS: readonly string[] = [...CREATED, 'branch'];

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

/** Only a status that is known to mean an end is taken for one: anything else waits for a person to look at it. */
export const hasEnded = (fields: Fields): boolean => Object.hasOwn(STATUSES, wordOfStatus(fields));
const wordOfStatus = (fields: Fields): string => (textOf(fields, 'status', 'state') ?? '').trim().toLowerCase();

export const shapeJob: Shape = (item, shaping) => {
  const { fields } = item;
  const notes: string[] = [];
  const sourceId = jobIdOf(item);
  const told = timeOf(fields, notes, ...CREATED);
  const submittedAt = told ?? fallback(sourceId, fields, shaping, notes);
  if (submittedAt === null) return { outcome: 'quarantined', reason: 'says no time, and neither does its file' };
  const branch = textOf(fields, 'branch');
  const labels = wordsOf(fields, 'labels', 'tags');
  const checked = fitted('job', {
    submittedAt,
    submittedBy: (textOf(fields, 'created_by', 'submitted_by', 'requested_by', 'submittedBy') ?? 'unknown').slice(
      0,
      255,
    ),
    repository: textOf(fields, 'repository', 'repo', 'repo_url', 'repository_url'),
    branch,
    commit: commitOf(fields, notes),
    priority: priorityOf(fields, labels, notes),
    labels: labels.filter((it) => !IN_LABEL.test(it)).map((it) => it.slice(0, 100)),
    ...endOf(fields, { shaping, submittedAt, notes }),
  });
  if (!checked.ok) return unfit(checked.reason);
  const refers = wordsOf(fields, 'depends_on', 'dependencies', 'deps', 'needs');
  const { value } = checked;
  const digest = digestOf(sourceId, told, branch);
  return { outcome: 'taken', candidate: { kind: 'job', sourceId, at: submittedAt, digest, notes, refers, value } };
};

function fallback(sourceId: string | null, fields: Fields, { fileTime }: Shaping, notes: string[]): Time | null {
  notes.push('a job said no time of its own and got the nearest that is known');
  return timeOf(fields, notes, ...STARTED, ...ENDED) ?? timeInId(sourceId) ?? fileTime;
}

function commitOf(fields: Fields, notes: string[]): string | null {
  const told = textOf(fields, 'commit', 'commit_sha', 'sha', 'commit_hash');
  if (told === null || /^[0-9a-fA-F]{4,64}$/.test(told)) return told;
  notes.push('a commit that names none, such as HEAD, was left out');
  return null;
}

/** Some said it in a label. */
const IN_LABEL = /^priority-(10|[1-9])$/;

function priorityOf(fields: Fields, labels: readonly string[], notes: string[]): number {
  const spoken = labels.map((it) => IN_LABEL.exec(it)?.[1]).find((it) => it !== undefined);
  const number = numberOf(fields, 'priority') ?? (spoken === undefined ? null : Number(spoken));
  const named = NAMED[textOf(fields, 'priority')?.toLowerCase() ?? ''];
  const told = number ?? named ?? 5;
  const fitted = Math.min(10, Math.max(1, Math.round(told)));
  if (fitted !== number && has(fields, 'priority')) notes.push(`job priority ${told} became ${fitted} (1 is first)`);
  return fitted;
}
const NAMED: Readonly<Record<string, number>> = { critical: 1, high: 3, normal: 5, low: 8 };

interface Ending {
  readonly shaping: Shaping;
  readonly submittedAt: Time;
  readonly notes: string[];
}

type End = Pick<Job, 'status' | 'paused' | 'token' | 'attempts' | 'result' | 'endedAt'>;

function endOf(fields: Fields, { shaping, submittedAt, notes }: Ending): End {
  const word = wordOfStatus(fields);
  const status = Object.hasOwn(STATUSES, word) ? STATUSES[word] : undefined;
  if (status === undefined) return { ...OPEN, paused: pausedBy(shaping, word) };
  const startedAt = timeOf(fields, notes, ...STARTED);
  const endedAt =
    timeOf(fields, notes, ...ENDED) ?? endByDuration(fields, startedAt) ?? unknownEnd(notes, startedAt ?? submittedAt);
  const exitCode = exitCodeOf(fields);
  const attempts = attemptsOf(fields, { status, startedAt: startedAt ?? submittedAt, endedAt, exitCode });
  const result = { exitCode } as Job['result'];
  return { status, paused: null, token: attempts.length, attempts, result, endedAt };
}

const OPEN = { status: 'queued', token: 0, attempts: [], result: null, endedAt: null } satisfies Partial<Job>;

const pausedBy = ({ source, now }: Shaping, word: string): Job['paused'] => ({
  by: 'import',
  at: now,
  reason: `was "${word.slice(0, 30)}" in ${source}: an import starts nothing`,
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

/** A line of measurements that tells of a build which no list of jobs has any more: when it ended, and how long it took. */
export const isMeasurement = (fields: Fields): boolean =>
  hasEnded(fields) && jobIdOf({ fields, key: null, line: null }) !== null && numberOf(fields, ...DURATION) !== null;

/** As a job that ended then. */
export function jobMeasured({ fields, ...item }: Item): Item {
  const ended = readTime(pick(fields, ...ENDED, 'timestamp', 'recorded_at', 'date'));
  const seconds = numberOf(fields, ...DURATION) ?? 0;
  if (!ended) return { ...item, fields };
  const startedAt = new Date(Date.parse(ended.time) - seconds * 1000).toISOString();
  return { ...item, fields: { ...fields, started_at: startedAt, created_at: startedAt, completed_at: ended.time } };
}
