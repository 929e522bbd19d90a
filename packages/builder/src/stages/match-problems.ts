/** Runs problem matchers over lines, one after the other. A matcher of several expressions remembers how far it has come. */
import type { MatcherPattern, ProblemMatcher } from './problem-matcher.ts';

export interface Problem {
  readonly level: 'error' | 'warning' | 'notice';
  /** As the line has it. */
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly code: string | null;
  readonly message: string;
}

export interface ProblemReader {
  /** The first matcher that ends with this line has it. */
  take(line: string): Problem | null;
}

/** Throws a SyntaxError on an expression that is none. */
export function openProblemReader(matchers: readonly ProblemMatcher[]): ProblemReader {
  const readers = matchers.map(readerOf);
  return {
    take(line) {
      let found: Problem | null = null;
      // All of them see every line, for those that wait for the one that follows.
      for (const read of readers) found = (found === null ? read(line) : void read(line)) ?? found;
      return found;
    },
  };
}

type Part = Partial<Record<'file' | 'line' | 'column' | 'severity' | 'code' | 'message', string>>;
const PARTS = ['file', 'line', 'column', 'severity', 'code', 'message'] as const;

function readerOf({ pattern, severity }: ProblemMatcher): (line: string) => Problem | null {
  const steps = pattern.map((it) => ({ ...it, expression: new RegExp(it.regexp) }));
  const last = steps.length - 1;
  let at = 0;
  let known: Part = {};
  return (line) => {
    const step = steps[at];
    const match = step?.expression.exec(line);
    if (!step || !match) {
      const begins = at > 0;
      at = 0;
      known = {};
      // The line that ended one block may begin the next.
      return begins && last > 0 ? beginAgain(line) : null;
    }
    const all = { ...known, ...partsOf(step, match) };
    if (at < last) {
      known = all;
      at++;
      return null;
    }
    if (step.loop !== true) {
      at = 0;
      known = {};
    }
    return problemOf(all, severity);
  };

  function beginAgain(line: string): null {
    const first = steps[0];
    const match = first?.expression.exec(line);
    if (first && match) {
      known = partsOf(first, match);
      at = 1;
    }
    return null;
  }
}

function partsOf(pattern: MatcherPattern, match: RegExpExecArray): Part {
  const said = PARTS.flatMap((part) => {
    const text = match[pattern[part] ?? -1];
    return text === undefined || text === '' ? [] : [[part, text] as const];
  });
  return Object.fromEntries(said);
}

function problemOf({ file, line, column, severity, code, message }: Part, usual: ProblemMatcher['severity']): Problem {
  return {
    level: levelOf(severity) ?? usual ?? 'error',
    file: file ?? null,
    line: wholeNumber(line),
    column: wholeNumber(column),
    code: code?.slice(0, 50) ?? null,
    message: message?.trim() || 'no message',
  };
}

function levelOf(word: string | undefined): Problem['level'] | null {
  if (word === undefined) return null;
  if (/^(fatal|err)/i.test(word)) return 'error';
  return /^warn/i.test(word) ? 'warning' : 'notice';
}

function wholeNumber(text: string | undefined): number | null {
  const number = Number(text);
  return text !== undefined && Number.isSafeInteger(number) ? number : null;
}
