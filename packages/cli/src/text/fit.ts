/** Lines that fit a terminal: what is drawn in place must not wrap or scroll, or its head is lost. */
import { dim, type Line, type Span, textOf } from './lines.ts';
import { safeLine } from './safe-text.ts';

export interface TerminalSize {
  readonly rows: number;
  readonly columns: number;
}

/** One row stays free for the cursor. */
export function fitted(lines: readonly Line[], { rows, columns }: TerminalSize): readonly Line[] {
  const room = Math.max(1, rows - 1);
  const shown =
    lines.length <= room ? lines : [...lines.slice(0, room - 1), [dim(`… ${lines.length - room + 1} more`)]];
  return shown.map((it) => cut(it, columns));
}

function cut(line: Line, columns: number): Line {
  const spans = line.map((span) => ({ span, characters: [...safeLine(textOf(span))] }));
  if (spans.reduce((sum, { characters }) => sum + characters.length, 0) <= columns) return line;
  let room = columns - 1;
  const kept: Span[] = [];
  for (const { span, characters } of spans) {
    const text = characters.slice(0, room).join('');
    if (text !== '') kept.push(typeof span === 'string' ? text : { ...span, text });
    room = Math.max(0, room - characters.length);
  }
  return [...kept, '…'];
}
