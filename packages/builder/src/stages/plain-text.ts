/** Makes text that a program printed safe to show: no cursor movement, no invisible or reversing characters, and colours only where they are asked for. */

// CSI and OSC sequences, then any other escape with the character that follows it.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is removed
const ESCAPES = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b./g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is removed
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

export function plainText(text: string): string {
  return text.replace(ESCAPES, '').replace(CONTROLS, '');
}

/** Numbers alone, and what ends a sequence of colours (SGR). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the one sequence that is kept
const COLOURS = /\u001b\[[\d;:]{0,60}m/g;
const RESET = '\u001b[0m';

/** Of one line the same with its colours, which end with it: whatever is shown below has its own. */
export function colouredText(line: string): string {
  const colours = line.match(COLOURS);
  if (!colours) return plainText(line);
  const parts = line.split(COLOURS).map((part, at) => `${plainText(part)}${colours[at] ?? RESET}`);
  return parts.join('');
}
