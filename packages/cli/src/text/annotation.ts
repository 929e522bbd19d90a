/** One thing that a check found in a file, as a workflow of GitHub marks it on that line: `::error file=…,line=…::what`. */
import type { LintFinding } from '../lint-config.ts';
import { type Line, line } from './lines.ts';

/** Whatever file names and texts hold, it stays one command, and this one. */
export function annotation(file: string, { level, line: at, column, text, hint }: LintFinding): Line {
  const place = [
    ['file', file],
    ['line', at],
    ['col', column],
  ].flatMap(([name, value]) => (value == null ? [] : [`${name}=${inProperty(`${value}`)}`]));
  return line(`::${level} ${place.join(',')}::`, inMessage(hint === null ? text : `${text}; ${hint}`));
}

const inMessage = (text: string): string =>
  text.replace(/[%\r\n]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
const inProperty = (text: string): string => inMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
