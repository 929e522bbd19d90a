/**
 * Follows the output of one stage: counts warnings and errors, turns them into findings at their places, remembers the
 * first errors and the last lines. Its memory is bounded whatever the build prints; the bytes are the raw log's business.
 */
import { openBoundedReader } from './bounded-reader.ts';
import { BUILT_IN_MATCHERS } from './built-in-matchers.ts';
import { type CodeCounts, openCodeCounts } from './code-counts.ts';
import { conventionOf } from './conventions.ts';
import { openProblemReader, type Problem } from './match-problems.ts';
import { plainText } from './plain-text.ts';
import type { ProblemBook } from './problem-book.ts';
import type { ProblemMatcher } from './problem-matcher.ts';
import { MAY_MATTER, readLine } from './read-line.ts';
import type { Counts } from './stage-book.ts';

export interface OutputReader {
  /** Answers what the chunk added. */
  read(chunk: Uint8Array): Counts;
  lastLine(): string | null;
  firstErrors(): readonly string[];
  tail(): string;
  readonly codes: Pick<CodeCounts, 'text'>;
  /** Why the matchers of the recipe are no longer asked. */
  trouble(): string | null;
}

export interface ReaderOptions {
  readonly problems?: ProblemBook;
  /** Beside those that every build has. */
  readonly matchers?: readonly ProblemMatcher[];
}

const LINE_CHARACTERS = 8_192;
const TAIL_CHARACTERS = 65_536;
const REMEMBERED_LINES = 5_000;
const REMEMBERED_ERRORS = 20;
const NOTHING: Counts = { warnings: 0, errors: 0 };

export function openOutputReader({ problems, matchers = [] }: ReaderOptions = {}): OutputReader {
  const decoder = new TextDecoder();
  const errors: string[] = [];
  // MSBuild prints every warning again in its summary; the same line is one finding.
  const seen = new Set<string>();
  const codes = openCodeCounts();
  const builtIn = openProblemReader(BUILT_IN_MATCHERS);
  const own = matchers.length > 0 ? openBoundedReader(matchers) : null;
  let carry = '';
  let tail = '';

  const isNew = (line: string) => {
    if (seen.has(line)) return false;
    if (seen.size < REMEMBERED_LINES) seen.add(line);
    return true;
  };
  const take = (line: string, ownFinding: Problem | null): Counts => {
    const text = line.trim();
    const matched = builtIn.take(line);
    const problem = ownFinding ?? conventionOf(text) ?? matched ?? spoken(text);
    if (problem === null || !isNew(text)) return NOTHING;
    problems?.add(problem);
    codes.add(problem);
    if (problem.level === 'error' && errors.length < REMEMBERED_ERRORS) errors.push(text.slice(0, 500));
    return countOf(problem);
  };

  return {
    read(chunk) {
      const text = decoder.decode(chunk, { stream: true });
      tail = (tail + text).slice(-TAIL_CHARACTERS);
      const whole = carry + text;
      const lines = own || MAY_MATTER.test(whole) ? whole.split(/\r\n|[\r\n]/) : lastOnes(whole);
      // A line without end is cut, not collected: some programs print gigabytes without a newline.
      carry = (lines.pop() ?? '').slice(-LINE_CHARACTERS);
      const plain = lines.map((line) => plainText(line.slice(0, LINE_CHARACTERS)));
      const found = own?.take(plain) ?? [];
      return plain.map((line, index) => take(line, found[index] ?? null)).reduce(sum, NOTHING);
    },
    lastLine: () => lastOf(tail.slice(-LINE_CHARACTERS)),
    firstErrors: () => errors,
    tail: () => plainText(tail),
    codes,
    trouble: () => own?.trouble ?? null,
  };
}

/** Of a chunk that says nothing to us, the last whole line and what follows it: a block of findings begins with its file. */
function lastOnes(whole: string): string[] {
  const end = whole.lastIndexOf('\n');
  const start = whole.lastIndexOf('\n', end - 1) + 1;
  return end < 0 ? [whole] : [whole.slice(start, end).replace(/\r$/, ''), whole.slice(end + 1)];
}

/** A line that says it is an error, and no more. */
function spoken(text: string): Problem | null {
  const level = readLine(text);
  return level && { level, file: null, line: null, column: null, code: null, message: text };
}

const countOf = ({ level }: Problem): Counts => ({
  warnings: level === 'warning' ? 1 : 0,
  errors: level === 'error' ? 1 : 0,
});

function sum(a: Counts, b: Counts): Counts {
  return { warnings: a.warnings + b.warnings, errors: a.errors + b.errors };
}

/** Folds the log; the title of a group is worth telling, its end is not. */
const GROUP_MARK = /^::(?:endgroup|group)::/;

function lastOf(text: string): string | null {
  const lines = text.split(/[\r\n]/);
  for (let line = lines.pop(); line !== undefined; line = lines.pop()) {
    const told = plainText(line).trim().replace(GROUP_MARK, '').trim();
    if (told !== '') return told.slice(0, 300);
  }
  return null;
}
