/** A log as it would stand on paper: without colours and other sequences of terminals, and of what a line drew over itself only the end. Its lines are the same. */

// CSI and OSC sequences, which a line end ends at the latest, then any other escape with the character after it.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is removed
const ESCAPES = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[^\n]?/g;

export function plainLog(text: string): string {
  const bare = text.includes('\u001b') ? text.replace(ESCAPES, '') : text;
  if (!bare.includes('\r')) return bare;
  return bare.split('\n').map(lastDrawn).join('\n');
}

/** Progress that a program drew over itself: only what was there in the end. */
export function lastDrawn(line: string): string {
  const end = line.replace(/\r+$/, '');
  return end.slice(end.lastIndexOf('\r') + 1);
}
