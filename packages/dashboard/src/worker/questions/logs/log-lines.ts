/** Some lines of a log, with their colours read. */
import type { Reading } from '../question.ts';
import { PLAIN_PEN, type Span, spansOf } from './ansi.ts';
import { type LogAsked, theLog } from './open-log.ts';
import { lastDrawn } from './plain-log.ts';

export interface LinesAsked {
  readonly log: LogAsked;
  readonly first: number;
  readonly count: number;
}

/** A colour that began further above is not seen: programs set it anew with every line. */
const LOOK_BACK = 100;
/** Longer ones come from programs that print data; their end is left out. */
const LINE_CHARACTERS = 10_000;
const MOST_LINES = 2_000;

export async function logLines(
  reading: Reading,
  { log, first, count }: LinesAsked,
): Promise<readonly (readonly Span[])[]> {
  const open = await theLog(reading, log);
  if (!open) return [];
  const { text } = open;
  const end = Math.min(text.count, first + Math.min(count, MOST_LINES));
  const lines: (readonly Span[])[] = [];
  let pen = PLAIN_PEN;
  for (let at = Math.max(0, first - LOOK_BACK); at < end; at++) {
    const line = lastDrawn(text.line(at));
    if (at < first && !line.includes('\u001b')) continue;
    const drawn = spansOf(line.length > LINE_CHARACTERS ? `${line.slice(0, LINE_CHARACTERS)}…` : line, pen);
    pen = drawn.pen;
    if (at >= first) lines.push(drawn.spans);
  }
  return lines;
}
