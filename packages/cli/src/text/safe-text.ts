/**
 * Makes text that others wrote harmless for a terminal: no escape sequences, no control characters, nothing that turns
 * the direction of writing. Everything that reaches the screen passes here (render.ts), whoever wrote it.
 */

// CSI, OSC (which can write the clipboard) and the short sequences, each with everything that belongs to it.
const ESCAPES = new RegExp(
  [
    '(?:\\u001b\\[|\\u009b)[0-?]*[ -/]*[@-~]?',
    '(?:\\u001b\\]|\\u009d)[^\\u0007\\u001b\\u009c]*(?:\\u0007|\\u001b\\\\|\\u009c)?',
    '\\u001b[@-_a-z0-9=>]?',
  ].join('|'),
  'g',
);
const CONTROL = /[\p{Cc}\u2028\u2029]/gu;
const INVISIBLE = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** One line: line ends and tabs become spaces. */
export const safeLine = (text: string): string =>
  text
    .replace(ESCAPES, '')
    .replace(/[\t\r\n]+/g, ' ')
    .replace(CONTROL, '')
    .replace(INVISIBLE, '');

/** Many lines: each made safe. A carriage return redraws a line, of which only the last drawing is kept. */
export const safeLines = (text: string): string[] =>
  text
    .replace(/\r\n/g, '\n')
    .split('\n')
    .map((line) => safeLine(line.replaceAll('\t', '    ').replace(/^[\s\S]*\r(?=[\s\S])/, '')));
