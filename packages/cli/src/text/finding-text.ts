/** One thing that a check found in a file, as compilers say it: `file:line: error what; what to do`. */
import type { LintFinding } from '../lint-config.ts';
import { bad, good, type Line, line, warn } from './lines.ts';

export function findingText(file: string, { level, line: at, column, text, hint }: LintFinding): Line {
  const place = [file, at, column].filter((it) => it != null).join(':');
  const word = level === 'error' ? bad('error') : warn('warning');
  return line(`${place}: `, word, ` ${text}`, hint === null ? '' : `; ${hint}`);
}

export const validText = (file: string): Line => line(file, ': ', good('valid'));
