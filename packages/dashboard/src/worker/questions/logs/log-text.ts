/**
 * What was printed, as lines: put together from its chunks, which may part a character, and indexed once, so that any line,
 * group or find of a log of some hundred thousand lines is there at once.
 */
import { findMarks, type Group } from './log-marks.ts';
import { plainLog } from './plain-log.ts';

export interface LogText {
  readonly count: number;
  readonly groups: readonly Group[];
  readonly errors: readonly number[];
  readonly warnings: readonly number[];
  /** As it was printed. 0 = the first. */
  line(at: number): string;
  plainLine(at: number): string;
  /** How many times the words stand in it, whatever their case, and in which lines. */
  find(words: string): Finds;
  /** The lines that take more than one row of so many columns, and how many. */
  wrapped(columns: number): readonly (readonly [number, number])[];
}

export interface Finds {
  readonly hits: number;
  readonly lines: readonly number[];
}

export function logText(chunks: readonly Uint8Array[]): LogText {
  const text = decoded(chunks);
  const plain = plainLog(text);
  const starts = startsOf(text);
  const plainStarts = plain === text ? starts : startsOf(plain);
  const count = starts.length - 1;
  const line = (at: number) => text.slice(starts[at], (starts[at + 1] ?? 0) - 1);
  const plainLine = (at: number) => plain.slice(plainStarts[at], (plainStarts[at + 1] ?? 0) - 1);
  return {
    count,
    line,
    plainLine,
    ...findMarks(plain, plainStarts),
    find: (words) => find(words, plain, plainStarts),
    wrapped: (columns) => wrapped(columns, { count, plainStarts, plainLine, isNarrow: !ODD.test(plain) }),
  };
}

function decoded(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  const parts = chunks.map((chunk) => decoder.decode(chunk, { stream: true }));
  return [...parts, decoder.decode()].join('');
}

/** Of every line, and one more: where the next would begin. A last line end ends the last line and begins none. */
function startsOf(text: string): Uint32Array {
  if (text === '') return Uint32Array.of(0);
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  if (!text.endsWith('\n')) starts.push(text.length + 1);
  return Uint32Array.from(starts);
}

function find(words: string, plain: string, starts: Uint32Array): Finds {
  if (words === '') return { hits: 0, lines: [] };
  const lines: number[] = [];
  let hits = 0;
  let line = 0;
  for (const { index } of plain.matchAll(literal(words))) {
    hits++;
    while ((starts[line + 1] ?? Number.POSITIVE_INFINITY) <= index) line++;
    if (lines.at(-1) !== line) lines.push(line);
  }
  return { hits, lines };
}

/** Words as they are, in capitals or not. */
const literal = (words: string): RegExp => new RegExp(words.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'), 'gi');

interface Lines {
  readonly count: number;
  readonly plainStarts: Uint32Array;
  plainLine(at: number): string;
  /** Every character takes one column. */
  readonly isNarrow: boolean;
}

const TAB_COLUMNS = 8;
/** East Asian letters and pictures, which take two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/gu;

const ODD = new RegExp(`\\t|${WIDE.source}`, 'u');

function wrapped(columns: number, { count, plainStarts, plainLine, isNarrow }: Lines): (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (let at = 0; at < count; at++) {
    const length = (plainStarts[at + 1] ?? 0) - (plainStarts[at] ?? 0) - 1;
    // Even if it were nothing but tabs.
    if (length * TAB_COLUMNS <= columns) continue;
    const rows = Math.ceil((isNarrow ? length : widthOf(plainLine(at))) / columns);
    if (rows > 1) found.push([at, rows]);
  }
  return found;
}

function widthOf(line: string): number {
  const tabs = line.includes('\t') ? line.split('\t').length - 1 : 0;
  return line.length + tabs * (TAB_COLUMNS - 1) + (line.match(WIDE)?.length ?? 0);
}
