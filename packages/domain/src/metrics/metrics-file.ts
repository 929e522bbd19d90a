/**
 * A file of `shared/metrics`, a line of JSON for each attempt. It only grows; when it is full the month goes on in the next
 * (`2026-11`, `2026-11-2`, …). Its text is made when somebody asks, and kept by nobody.
 */
import { type AttemptRecord, attemptRecordSchema } from '../entities/attempt-record.ts';
import type { Table } from '../table.ts';
import { validate } from '../validate.ts';
import { utf8Bytes } from '../views/rows-that-fit.ts';

export interface MetricsFile {
  readonly id: string;
  readonly sizeBytes: number;
  /** Null: it is no plain file, or too large to be fetched. */
  text(): string | null;
}

/** A line that cannot be read. It stays where it is, and counts for nothing. */
export interface MetricsProblem {
  readonly file: string;
  readonly line: number | null;
  readonly reason: string;
}

/** Below what a reader takes (1 MB), with room for a heavy commit. */
export const METRICS_FILE_BYTES = 800_000;

export interface Appending {
  readonly id: string;
  readonly lines: readonly string[];
}

export function appended(files: Table<MetricsFile>, { id, lines }: Appending): MetricsFile {
  const before = files.get(id);
  const more = lines.map((it) => `${it}\n`).join('');
  const text = () => appendedText(before?.text() ?? '', lines);
  return { id, sizeBytes: (before?.sizeBytes ?? 0) + utf8Bytes(more) + 1, text };
}

/** A person's editor may have left the last line without its end. */
export function appendedText(before: string, lines: readonly string[]): string {
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  return `${before}${gap}${lines.map((it) => `${it}\n`).join('')}`;
}

export interface ReadRecords {
  readonly records: readonly AttemptRecord[];
  readonly problems: readonly MetricsProblem[];
}

export function recordsIn(file: MetricsFile): ReadRecords {
  const text = file.text();
  if (text === null)
    return { records: [], problems: [{ file: file.id, line: null, reason: 'it is no plain file, or too large' }] };
  const records: AttemptRecord[] = [];
  const problems: MetricsProblem[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const read = recordOf(line);
    if (typeof read === 'string') problems.push({ file: file.id, line: at + 1, reason: read });
    else records.push(read);
  }
  return { records, problems };
}

/** What is wrong with it, where it is none. */
function recordOf(line: string): AttemptRecord | string {
  try {
    const checked = validate('attempt-record', JSON.parse(line));
    return checked.ok ? checked.value : checked.reason;
  } catch (error) {
    return `it is not JSON: ${(error as Error).message.slice(0, 200)}`;
  }
}

/** What is as usual is left out: there are many lines, and every reader of the yard carries them. */
export function lineOfRecord(record: AttemptRecord): string {
  const said = Object.entries(record).filter(([name, value]) => value !== USUAL[name]);
  return JSON.stringify(Object.fromEntries(said.sort(([a], [b]) => (a < b ? -1 : 1))));
}

const usual = (): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(attemptRecordSchema.properties).flatMap(([name, field]) =>
      'default' in field ? [[name, field.default]] : [],
    ),
  );
/** Pure, so that a page that writes no line of it leaves the schema out. */
const USUAL = /* @__PURE__ */ usual();

export const recordKey = ({ job, attempt }: Pick<AttemptRecord, 'job' | 'attempt'>): string => `${job} ${attempt}`;
