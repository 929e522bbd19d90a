/** One thing that a check found in a file, as compilers say it: `file:line: error what; what to do`. */
import type { LintFinding } from '../lint-config.ts';
import { bad, type Line, line, warn } from './lines.ts';

export function findingText(file: string, { level, line: at, text, hint }: LintFinding): Line {
  const place = at === null ? file : `${file}:${at}`;
  const word = level === 'error' ? bad('error') : warn('warning');
  return line(`${place}: `, word, ` ${text}`, hint === null ? '' : `; ${hint}`);
}
