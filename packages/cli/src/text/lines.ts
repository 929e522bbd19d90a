/** What a command wants on the screen: lines of spans, each a text with a tone. No escape code exists before render.ts. */
import { safeLines } from './safe-text.ts';

export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'dim' | 'bold';
export type Span = string | { readonly text: string; readonly tone: Tone };
export type Line = readonly Span[];

const toned =
  (tone: Tone) =>
  (text: string): Span => ({ text, tone });
export const dim = toned('dim');
export const bold = toned('bold');
export const good = toned('good');
export const bad = toned('bad');
export const warn = toned('warn');

export const line = (...spans: Span[]): Line => spans;
export const textOf = (span: Span): string => (typeof span === 'string' ? span : span.text);
export const paragraph = (text: string): Line[] => safeLines(text).map((it) => [it]);

/** A text on lines of a width, broken between words; a word that is longer stands alone. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current !== '' && longer.length > width) {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  return [...lines, current];
}
