/** A log as "[2026-01-01 12:00:00] WARNING: text", a line for each of its lines (R115): times from its index, levels from what the lines say. */
import { colouredText, plainText } from '../stages/plain-text.ts';
import { readLine } from '../stages/read-line.ts';
import type { LogTime } from './log-index.ts';

const LEVELS = { error: 'ERROR', warning: 'WARNING' } as const;

interface Timing {
  readonly times: readonly LogTime[];
  /** For what the index does not know. */
  readonly startedAt: string;
  /** Whether the colours of the build stay. */
  readonly colours?: boolean;
}

export function timedLines(lines: readonly string[], { times, startedAt, colours = false }: Timing): string[] {
  let next = 0;
  let at = startedAt;
  return lines.map((line, index) => {
    for (; (times[next]?.line ?? Number.POSITIVE_INFINITY) <= index + 1; next++) at = times[next]?.at ?? at;
    const text = plainText(line);
    const level = readLine(text.trim());
    return `[${at.slice(0, 19).replace('T', ' ')}] ${level ? LEVELS[level] : 'INFO'}: ${colours ? colouredText(line) : text}`;
  });
}
