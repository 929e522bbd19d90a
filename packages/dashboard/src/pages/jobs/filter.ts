/**
 * The language of the filter field, the same in the address: words, and `status:failed branch:main -agent:build1`. Terms of
 * one field are alternatives, also when they are written as `status:failed,expired`; everything else must hold together.
 */
import type { ReadModel } from '@gityard/domain';
import { isHeld, isStuck, type JobRow } from '../../rows.ts';

export interface Term {
  /** null: a word that may stand anywhere. */
  readonly field: Field | null;
  readonly values: readonly string[];
  readonly isNot: boolean;
}

const FIELDS = [
  'status',
  'branch',
  'repo',
  'agent',
  'label',
  'by',
  'group',
  'toolchain',
  'priority',
  'needs',
  'id',
] as const;
export type Field = (typeof FIELDS)[number];

const TERM = /(-?)(?:([a-z]+):)?("[^"]*"?|\S+)/g;

export function parseFilter(text: string): readonly Term[] {
  return [...text.toLowerCase().matchAll(TERM)].map(([whole, minus, name, value = '']) => {
    const field = FIELDS.find((it) => it === name || (it === 'agent' && name === 'server')) ?? null;
    const isNot = minus !== '';
    if (field === null) return { field, values: [bare(isNot ? whole.slice(1) : whole)], isNot };
    return { field, values: value.split(',').map(bare).filter(Boolean), isNot };
  });
}

const bare = (word: string): string => word.replaceAll('"', '');

/** Asked of every job whenever a letter is typed, so that all that can be prepared is. */
export function filterOf(text: string, { agents }: Pick<ReadModel, 'agents'>): (job: JobRow) => boolean {
  const terms = parseFilter(text);
  const labels = new Map(agents.map((agent) => [agent.id, agent.labels.map((label) => label.toLowerCase())]));
  const fields = new Map<string, readonly Term[]>();
  for (const term of terms) {
    const key = term.field === null || term.isNot ? `${fields.size}` : term.field;
    fields.set(key, [...(fields.get(key) ?? []), term]);
  }
  const groups = [...fields.values()];
  return (job) => groups.every((alternatives) => alternatives.some((term) => holds(term, job, labels)));
}

function holds({ field, values, isNot }: Term, job: JobRow, labels: Labels): boolean {
  return values.some((value) => says(field, value, job, labels)) !== isNot;
}

type Labels = ReadonlyMap<string, readonly string[]>;

function says(field: Field | null, value: string, job: JobRow, labels: Labels): boolean {
  if (field === null) return textOf(job).includes(value);
  if (field === 'status') return hasStatus(job, value);
  if (field === 'priority') return `${job.priority}` === value;
  if (field === 'needs') return job.needs.some((id) => id.startsWith(value));
  if (field === 'id') return job.id.startsWith(value);
  if (field === 'label') return hasLabel(job, value, labels);
  return (wordOf(job, field) ?? '').toLowerCase().includes(value);
}

function wordOf(job: JobRow, field: 'branch' | 'repo' | 'agent' | 'by' | 'group' | 'toolchain'): string | null {
  if (field === 'repo') return job.repository;
  if (field === 'by') return job.submittedBy ?? null;
  return job[field] ?? null;
}

/** Its own status, or one of the words under which the page groups them. */
function hasStatus(job: JobRow, value: string): boolean {
  if (value === 'stuck') return isStuck(job) && job.status === 'queued';
  if (value === 'waiting') return job.status === 'queued';
  if (value === 'held') return isHeld(job);
  if (value === 'open') return isHeld(job) || job.status === 'queued';
  if (value === 'finished') return !isHeld(job) && job.status !== 'queued';
  return job.status === value;
}

/** A row does not say what a job asks for: its server does, or what it waits for names it. */
function hasLabel(job: JobRow, value: string, labels: Labels): boolean {
  if (job.agent !== null && (labels.get(job.agent) ?? []).includes(value)) return true;
  return job.reasons.some(({ text }) =>
    text
      .toLowerCase()
      .split(/[^a-z0-9._-]+/)
      .includes(value),
  );
}

const texts = new WeakMap<JobRow, string>();

function textOf(job: JobRow): string {
  const known = texts.get(job);
  if (known !== undefined) return known;
  const { id, status, repository, branch, commit, command, agent, submittedBy, group, progress, reason, reasons } = job;
  const parts = [id, status, repository, branch, commit, command, agent, submittedBy, group, progress, reason];
  const text = [...parts, ...reasons.map((it) => it.text)].filter(Boolean).join('\n').toLowerCase();
  texts.set(job, text);
  return text;
}

/** The filter with its terms of that field replaced by one; by none where it says just that already. */
export function toggled(text: string, field: Field, value: string): string {
  const term = `${field}:${value}`;
  const all = [...text.matchAll(TERM)].map(([whole]) => whole);
  const others = all.filter((whole) => !whole.toLowerCase().startsWith(`${field}:`));
  return (all.includes(term) ? others : [...others, term]).join(' ');
}
