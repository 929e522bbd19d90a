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
