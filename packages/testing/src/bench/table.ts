/** Rows of text as a table that fits 120 columns, and the tables of the bench. Knows figures, not how they came. */
import type { Figures } from './figures.ts';
import type { MicroResult } from './micro/micro.ts';
import type { Target } from './targets.ts';
import { BASELINE } from './variants/list.ts';

const HEADINGS = [
  ['variant', ''],
  ['writers', ''],
  ['landed', '/s'],
  ['× shell', ''],
  ['p50', 'ms'],
  ['p99', 'ms'],
  ['retries', '/op'],
  ['client', 'CPU ms'],
  ['server', 'CPU ms'],
  ['requests', '/op'],
  ['sent', 'B/op'],
  ['RSS', 'MB'],
  ['fair', 'Jain'],
  ['n', ''],
] as const;

export function figuresTable(rows: readonly Figures[]): string {
  const baselines = new Map(rows.filter((it) => it.variant === BASELINE).map((it) => [it.writers, it]));
  const body = rows.map((row) => figuresLine(row, baselines.get(row.writers)?.operationsPerSecond ?? Number.NaN));
  return table([HEADINGS.map(([name]) => name), HEADINGS.map(([, unit]) => unit), ...body]);
}

function figuresLine(row: Figures, baseline: number): string[] {
  const isBaseline = row.variant === BASELINE;
  return [
    row.variant,
    `${row.writers}`,
    figure(row.operationsPerSecond),
    isBaseline ? '1' : figure(row.operationsPerSecond / baseline),
    figure(row.p50Ms),
    figure(row.p99Ms),
    figure(row.retriesPerOperation),
    figure(row.clientCpuMs),
    figure(row.serverCpuMs),
    figure(row.requestsPerOperation),
    figure(row.bytesUpPerOperation),
    // Of the shell's many short programs nobody can say it.
    isBaseline ? '–' : figure(row.peakRssBytes / 2 ** 20),
    row.writers === 1 ? '–' : figure(row.fairness),
    `${row.landed}`,
  ];
}

export function microTable(rows: readonly MicroResult[]): string {
  const body = rows.map((it) => [it.what, figure(it.median), figure(it.worst), it.unit, `${it.n}`]);
  return table([['single figures', 'median', 'worst', 'unit', 'n'], ...body]);
}

export function targetsTable(targets: readonly Target[]): string {
  return table([['targets', 'found', ''], ...targets.map((it) => [it.text, it.found, it.verdict])]);
}

/** The first column to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number) =>
    column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}

/** Three digits are all that a machine shared with others can promise. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 100 || Number.isInteger(value)) return Math.round(value).toString();
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
