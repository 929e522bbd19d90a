/**
 * Follows the output of one stage: counts warnings and errors, remembers the first errors and the last lines. Its
 * memory is bounded whatever the build prints; the bytes themselves are the raw log's business.
 */
import { plainText } from './plain-text.ts';
import { MAY_MATTER, readLine } from './read-line.ts';
import type { Counts } from './stage-book.ts';

export interface OutputReader {
  /** Answers what the chunk added. */
  read(chunk: Uint8Array): Counts;
  lastLine(): string | null;
  firstErrors(): readonly string[];
  tail(): string;
}

const LINE_CHARACTERS = 8_192;
const TAIL_CHARACTERS = 65_536;
const REMEMBERED_LINES = 5_000;
const REMEMBERED_ERRORS = 20;
const NOTHING: Counts = { warnings: 0, errors: 0 };

export function openOutputReader(): OutputReader {
  const decoder = new TextDecoder();
  const errors: string[] = [];
  // MSBuild prints every warning again in its summary; the same line is one finding.
  const seen = new Set<string>();
  let carry = '';
  let tail = '';

  const isNew = (line: string) => {
    if (seen.has(line)) return false;
    if (seen.size < REMEMBERED_LINES) seen.add(line);
    return true;
  };
  const take = (line: string): Counts => {
    const text = plainText(line).trim();
    const kind = readLine(text);
    if (kind === null || !isNew(text)) return NOTHING;
    if (kind === 'error' && errors.length < REMEMBERED_ERRORS) errors.push(text.slice(0, 500));
    return kind === 'error' ? { warnings: 0, errors: 1 } : { warnings: 1, errors: 0 };
  };

  return {
    read(chunk) {
      const text = decoder.decode(chunk, { stream: true });
      tail = (tail + text).slice(-TAIL_CHARACTERS);
      const whole = carry + text;
      const lines = MAY_MATTER.test(whole) ? whole.split(/\r?\n/) : ['', whole.slice(whole.lastIndexOf('\n') + 1)];
      // A line without end is cut, not collected: some programs print gigabytes without a newline.
      carry = (lines.pop() ?? '').slice(-LINE_CHARACTERS);
      return lines.map((line) => take(line.slice(0, LINE_CHARACTERS))).reduce(sum, NOTHING);
    },
    lastLine: () => lastOf(tail.slice(-LINE_CHARACTERS)),
    firstErrors: () => errors,
    tail: () => plainText(tail),
  };
}

function sum(a: Counts, b: Counts): Counts {
  return { warnings: a.warnings + b.warnings, errors: a.errors + b.errors };
}

function lastOf(text: string): string | null {
  const lines = plainText(text)
    .split('\n')
    .map((line) => line.trim());
  return (
    lines
      .filter((line) => line !== '')
      .at(-1)
      ?.slice(0, 300) ?? null
  );
}
