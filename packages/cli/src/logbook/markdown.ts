/** A logbook as a page that a person reads: what it was, how it ended, then everything in the order in which it came. */
import { markdown } from '@gityard/builder';
import type { LoggedCommand, LoggedEvent, LogRecord } from './record.ts';

const { cell, duration, fenced, table } = markdown;
const MARKS = { info: 'ℹ️', warning: '⚠️', error: '❌', success: '✅' } as const;
const LAST_LINES = 100;

export function logbookPage(record: LogRecord): string {
  const parts = [`# ${cell(record.job)}: ${record.status}`, header(record), events(record.events), commands(record)];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function header({ agent, branch, commit, startedAt, endedAt, durationMs, exitCode, truncated }: LogRecord): string {
  const rows: (readonly [string, string | null])[] = [
    ['Agent', agent],
    ['Branch', branch],
    ['Commit', commit],
    ['Started', startedAt],
    ['Ended', endedAt],
    ['Duration', duration(durationMs)],
    ['Exit code', exitCode === null ? null : String(exitCode)],
    ['Left out', truncated ? 'what came when the log was full' : null],
  ];
  return table(
    ['', ''],
    rows.flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}

function events(list: readonly LoggedEvent[]): string {
  if (list.length === 0) return '';
  const rows = list.map(({ at, level, text, details }) => [at, `${MARKS[level]} ${level}`, text, details ?? '']);
  return `## Events\n\n${table(['Time', 'Level', 'Text', 'Details'], rows)}`;
}

const commands = ({ commands: list }: LogRecord): string =>
  list.length === 0 ? '' : `## Commands\n\n${list.map(command).join('\n\n')}`;

function command({ stage, argv, exitCode, durationMs, output }: LoggedCommand): string {
  const end = exitCode === null ? 'did not end' : `exit code ${exitCode} after ${duration(durationMs ?? 0)}`;
  const lines = output.trimEnd().split('\n').slice(-LAST_LINES).join('\n');
  const parts = [`### ${cell(stage)}: ${end}`, cell(argv.join(' ')), lines.trim() === '' ? '' : fenced(lines)];
  return parts.filter((part) => part !== '').join('\n\n');
}
