/**
 * A job of the predecessor. What had ended keeps its end and its times; what was open comes paused, so that no import starts
 * a build. The smallest priority is the first, as it was there: it is never turned round.
 */
import type { Time } from '@gityard/domain';
import type { Fields, Item } from '../reading/items-in.ts';
import { digestOf, type Shape, type Shaping, unfit } from './candidate.ts';
import { has, numberOf, spoken, textOf, wordsOf } from './fields.ts';
import { fitted } from './fitted.ts';
import { ENDED, endOf, STARTED } from './job-end.ts';
import { pastTime, REPAIRS, timeInId, timeOf } from './time-of.ts';

const CREATED = ['created_at', 'submitted_at', 'queued_at', 'createdAt', 'timestamp', 'created'] as const;

export const isJob = (fields: Fields): boolean =>
  has(fields, 'status', 'state') &&
  spoken(fields, 'branch', 'commit', 'priority', 'created_at', 'submitted_at', 'assigned_to', 'job_id') > 0;

export const jobIdOf = ({ fields, key }: Item): string | null => textOf(fields, 'id', 'job_id', 'jobId') ?? key;

/** Two entries of one id that agree in these are one job. */
export const JOB_WORDS: readonly string[] = [...CREATED, 'branch'];

export const shapeJob: Shape = (item, shaping) => {
  const { fields } = item;
  const notes: string[] = [];
  const sourceId = jobIdOf(item);
  const told = timeOf(fields, notes, ...CREATED);
  const submittedAt = pastTime(told ?? fallback(sourceId, fields, shaping, notes), shaping.now, notes);
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
  const near = timeOf(fields, notes, ...STARTED, ...ENDED) ?? timeInId(sourceId);
  if (near !== null) notes.push('a job said no time of its own and got the nearest that is known');
  else if (fileTime !== null) notes.push(REPAIRS.noTime);
  return near ?? fileTime;
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
  const said = textOf(fields, 'priority');
  if (said !== null && said.trim() !== String(fitted))
    notes.push(`job priority "${said.slice(0, 30)}" became ${fitted} (1 is first)`);
  return fitted;
}
const NAMED: Readonly<Record<string, number>> = { critical: 1, high: 3, normal: 5, low: 8 };
