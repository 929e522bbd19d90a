/** One line of a log as it is drawn: its colours, and what was looked for marked in it. */
import { html, nothing } from 'lit';
import type { Line } from './log-data.ts';

export interface Piece {
  readonly style: string;
  readonly text: string;
  readonly isFound: boolean;
}

/** The spans parted where a find begins and ends, which may be in the midst of others. */
export function piecesOf(line: Line, words: RegExp | null): readonly Piece[] {
  if (words === null) return line.map(([style, text]) => ({ style, text, isFound: false }));
  const all = line.map(([, text]) => text).join('');
  const finds = [...all.matchAll(words)]
    .filter(([found]) => found !== '')
    .map(({ index, 0: found }) => [index, index + found.length] as const);
  const pieces: Piece[] = [];
  let at = 0;
  for (const [style, text] of line) {
    const end = at + text.length;
    const cuts = finds.flatMap((find) => find.filter((cut) => cut > at && cut < end));
    for (const [index, from] of [at, ...cuts].entries()) {
      const to = cuts[index] ?? end;
      pieces.push({ style, text: all.slice(from, to), isFound: finds.some(([a, b]) => from >= a && from < b) });
    }
    at = end;
  }
  return pieces;
}

export function drawnLine(line: Line, words: RegExp | null) {
  return piecesOf(line, words).map(({ style, text, isFound }) => {
    if (isFound) return html`<mark class=${style}>${text}</mark>`;
    return style === '' ? text : html`<span class=${style || nothing}>${text}</span>`;
  });
}

export const textOf = (line: Line): string => line.map(([, text]) => text).join('');

/** Lines for a message or an issue; the fence is longer than any run of backticks inside, so that the text cannot close it. */
export function asMarkdown(
  lines: readonly string[],
  { title, href }: { readonly title: string; readonly href: string },
): string {
  const text = lines.join('\n');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `[${title.replace(/[[\]\\]/g, '\\$&')}](${href})\n\n${fence}text\n${text}\n${fence}\n`;
}

/** `120-140` or `120`, 1 = the first; null: that is none. */
export function parseLines(text: string | undefined): readonly [number, number] | null {
  const [, first, last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text ?? '') ?? [];
  if (first === undefined || last === undefined || Number(first) === 0) return null;
  return [Math.min(Number(first), Number(last)), Math.max(Number(first), Number(last))];
}

export const linesWords = ([first, last]: readonly [number, number]): string =>
  first === last ? `${first}` : `${first}-${last}`;
