/**
 * A line of a log for a terminal. What builds print is text of strangers: a terminal obeys sequences that rename its window, write
 * to the clipboard or type an answer, so that nothing of it stays but colours. Levels are coloured, times are dim. Pure.
 */

const ESCAPE = '\u001b';
const RESET = `${ESCAPE}[0m`;
/** Numbers alone, and what ends a sequence of colours. */
const COLOURS = new RegExp(`${ESCAPE}\\[[\\d;:]{0,60}m`, 'g');
/** Strings for the terminal (titles, clipboards, controls of devices), then any other sequence, whole or broken off. */
const SEQUENCES = new RegExp(
  [
    `${ESCAPE}[\\]PX^_][^\\u0007${ESCAPE}]*(?:\\u0007|${ESCAPE}\\\\)?`,
    `${ESCAPE}\\[[0-?]*[ -/]*[@-~]?`,
    `${ESCAPE}[ -/]*[0-~]?`,
  ].join('|'),
  'g',
);
/** All that moves, rings or hides, the eight-bit forms of sequences, and what turns the direction of reading. */
const CONTROLS = /[^\P{Cc}\t]|[\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

const LINE = /^\[\d{4}-\d\d-\d\d (\d\d:\d\d:\d\d)\] (INFO|WARNING|ERROR): (.*)$/s;
const LEVELS: Readonly<Record<string, string>> = { WARNING: `${ESCAPE}[33m`, ERROR: `${ESCAPE}[31m` };

/** Ends where the next line begins. */
export function terminalLine(text: string): string {
  const [, time, level = '', said] = LINE.exec(text) ?? [];
  if (time === undefined || said === undefined) return `${withColoursAlone(text)}${RESET}\r\n`;
  return `${ESCAPE}[2m${time}${RESET} ${LEVELS[level] ?? ''}${withColoursAlone(said)}${RESET}\r\n`;
}

/** A sentence of ours between the lines. */
export const terminalNote = (text: string): string => `${ESCAPE}[36m${text.replaceAll(CONTROLS, ' ')}${RESET}\r\n`;

export function withColoursAlone(text: string): string {
  const colours = text.match(COLOURS) ?? [];
  const parts = text.split(COLOURS).map((it) => it.replaceAll(SEQUENCES, '').replaceAll(CONTROLS, ''));
  return parts.map((part, index) => `${part}${colours[index] ?? ''}`).join('');
}
