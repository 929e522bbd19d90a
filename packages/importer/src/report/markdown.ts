/** The report as a page that people keep: what came, what did not and why, and what was assumed. */
import type { Counts, Report, Row } from './report.ts';

export function markdownOf(report: Report): string {
  const { source, commit, dryRun, kinds, total, losses, notes, rows, rowsLeftOut } = report;
  return [
    `# ${dryRun ? 'What an import would take over' : 'Import'} from ${source}`,
    '',
    ...(commit === null ? [] : [`As of commit \`${commit}\`.`, '']),
    `| | ${COLUMNS.join(' | ')} |`,
    `|---|${COLUMNS.map(() => '---:|').join('')}`,
    ...Object.entries({ ...kinds, all: total }).map(([kind, counts]) => countsRow(kind, counts)),
    '',
    ...section(
      'Recovered from the history',
      losses.map((it) => `- ${it.recovered} that \`${it.commit.slice(0, 10)}\` lost from \`${it.path}\``),
    ),
    ...section(
      'What was assumed',
      notes.map((it) => `- ${it.count} × ${oneLine(it.text)}`),
    ),
    ...section('One by one', rows.map(rowLine)),
    ...(rowsLeftOut > 0 ? [`and ${rowsLeftOut} more`, ''] : []),
  ].join('\n');
}

const COLUMNS: readonly (keyof Counts)[] = ['imported', 'repaired', 'quarantined', 'dropped', 'unchanged', 'recovered'];
const countsRow = (kind: string, counts: Counts): string =>
  `| ${kind} | ${COLUMNS.map((it) => counts[it]).join(' | ')} |`;
const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`## ${title}`, '', ...lines, ''];

function rowLine({ kind, outcome, sourceId, id, reason, versions, ...place }: Row): string {
  const name = kind === 'file' ? '' : ` ${oneLine(sourceId ?? id ?? '')}`;
  const often = versions > 1 ? ` (${versions} versions)` : '';
  return `- ${outcome}: ${kind}${name}, ${oneLine(reason)}${often}: \`${placeOf(place)}\``;
}

export function placeOf({ path, line, commit }: Pick<Row, 'path' | 'line' | 'commit'>): string {
  const at = line === null ? path : `${path}:${line}`;
  return oneLine(commit === null ? at : `${at} @ ${commit.slice(0, 10)}`);
}

const oneLine = (text: string): string => text.replace(/[\p{Cc}`|]+/gu, ' ').slice(0, 300);
