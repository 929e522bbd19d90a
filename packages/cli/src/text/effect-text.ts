/** What a proposal would do to the queue, for a terminal and, as Markdown, for the pull request that holds it. */
import type { Effect } from '@gityard/domain';
import type { RefusedFile } from '@gityard/yard';
import { bad, dim, good, type Line, line, type Span, warn } from './lines.ts';
import { table } from './table.ts';
import { durationText } from './words.ts';

export interface ProposalEffect {
  readonly ok: boolean;
  readonly files: readonly { readonly path: string; readonly change: string }[];
  readonly ignored: readonly string[];
  readonly refused: readonly RefusedFile[];
  readonly settings: readonly string[];
  readonly jobs: readonly Effect[];
}

const HEADS = ['job', 'what', 'change', 'position', 'starts', ''] as const;
const MOST_ROWS = 100;

export function effectText(effect: ProposalEffect): Line[] {
  const { files, refused, settings, jobs } = effect;
  return [
    ...refused.map((it) => line(bad('refused: '), refusedText(it))),
    ...files.map(({ path, change }) => line(dim(`${change} `), path)),
    ...settings.map((it) => line(warn('changes the setting '), it)),
    ...(jobs.length === 0
      ? [[dim(files.length === 0 ? 'nothing of the yard changes' : 'no job comes, goes or moves')]]
      : [[], ...table({ heads: HEADS, rows: shown(jobs).map((it) => cellsOf(it).map(toned)) })]),
    ...more(jobs),
    ...(effect.ok ? [[good('it can be merged')]] : []),
  ];
}

export function effectMarkdown({ ok, files, ignored, refused, settings, jobs }: ProposalEffect): Line[] {
  const rows = shown(jobs).map((it) => `| ${cellsOf(it).map(cell).join(' | ')} |`);
  const lines = [
    `### ${ok ? 'What this does to the queue' : 'This cannot be merged as it is'}`,
    '',
    ...refused.map((it) => `- **refused** ${cell(refusedText(it))}`),
    ...settings.map((it) => `- changes the setting ${cell(it)}`),
    ...(refused.length + settings.length > 0 ? [''] : []),
    ...(rows.length === 0
      ? [files.length === 0 ? 'Nothing of the yard changes.' : 'No job comes, goes or moves.']
      : [`| ${HEADS.join(' | ')} |`, `|${' --- |'.repeat(HEADS.length)}`, ...rows]),
    ...more(jobs).map((it) => `\n${it.join('')}`),
    ...(ignored.length > 0 ? ['', `${ignored.length} other files are none of the yard's.`] : []),
  ];
  return lines.flatMap((it) => it.split('\n')).map((it) => [it]);
}

const refusedText = ({ path, line: at, reason }: RefusedFile): string =>
  `${path === '' ? '' : `${path}${at === null ? '' : `:${at}`} `}${reason}`;

function cellsOf({ id, repository, branch, command, change, before, after }: Effect): string[] {
  const place = repository?.split(/[/\\:]/).at(-1) ?? '';
  const what = [place, branch].filter(Boolean).join(' ') || (command?.join(' ') ?? '');
  const why = after && !after.canEverRun ? `never: ${after.reasons[0] ?? ''}` : (after?.reasons[0] ?? '');
  const position = arrow(before?.position ?? null, after?.position ?? null);
  return [
    id,
    clip(what, 40),
    change,
    position,
    startText(before?.startsAt ?? null, after?.startsAt ?? null),
    clip(why, 80),
  ];
}

function arrow(before: number | null, after: number | null): string {
  if (before === after) return before === null ? '' : String(before);
  return `${before ?? '–'} → ${after ?? '–'}`;
}

/** The new time, and by how much it is another. */
function startText(before: string | null, after: string | null): string {
  if (after === null) return '';
  const minutes = `${after.slice(0, 16).replace('T', ' ')}Z`;
  if (before === null) return minutes;
  const ms = Date.parse(after) - Date.parse(before);
  return Math.abs(ms) < 1000 ? minutes : `${minutes} (${ms > 0 ? '+' : '−'}${durationText(Math.abs(ms))})`;
}

const toned = (text: string, at: number): Span =>
  at === 2 && text === 'added' ? good(text) : at === 2 && text === 'removed' ? warn(text) : text;

const shown = (jobs: readonly Effect[]): readonly Effect[] => jobs.slice(0, MOST_ROWS);
const more = (jobs: readonly Effect[]): Line[] =>
  jobs.length > MOST_ROWS
    ? [[dim(`… and ${jobs.length - MOST_ROWS} more`)].map((it) => (typeof it === 'string' ? it : it.text))]
    : [];

/** What others wrote stays text: no cell ends early, nobody is called, nothing is drawn. */
const cell = (text: string): string =>
  text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_[\]<>|#]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replaceAll('@', '&#64;');
const clip = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);
