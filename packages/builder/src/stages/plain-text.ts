/** Makes text that a program printed safe to show: no colours, no cursor movement, no invisible or reversing characters. */

// CSI and OSC sequences, then any other escape with the character that follows it.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is removed
const ESCAPES = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b./g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is removed
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

export function plainText(text: string): string {
  return text.replace(ESCAPES, '').replace(CONTROLS, '');
}
