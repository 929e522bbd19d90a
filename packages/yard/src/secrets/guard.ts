/**
 * Tells a password from what merely stands where one could stand: a variable, a path, a placeholder, a word of a sentence.
 * Errs on the side of letting go: what is stopped without need teaches people to switch the stop off.
 */

const PLACEHOLDERS: readonly RegExp[] = [
  // Where the value comes from: a variable, a template, a file, a call.
  /^(?:\$[\w{(]|%\w+%|[<{[(/~.…]|@[\w./]+$|!(?:Ref|Sub|secret|vault)|https?:)|\{\{|\w\(|process\.env|environ/i,
  /^(?:none|null|nil|undefined|true|false|todo|tbd|changed|required|missing|unset|empty|default|hidden|removed)$/i,
  /^(?:your|my-?own)|redacted|change.?me|placeholder|example|dummy|^[*x.•]+$/i,
  // A word for the thing in the place of the thing.
  /^[a-z]{0,12}[_.-]?(?:pass(?:word|wd|phrase)|pwd|secret|token|key)$/i,
];
/** Ids of this program: they stand in many a text, and open nothing. */
const OWN_ID = /^01[0-9a-hjkmnp-tv-z]{24}$/;

/** What people think up: letters with digits, signs or capitals among them. */
export function looksLikePassword(value: string): boolean {
  if (value.length < 6 || isPlaceholder(value) || !/[A-Za-z]/.test(value)) return false;
  return /[0-9]/.test(value) || /[!#$%^&*+=?~§]/.test(value) || /[a-z][A-Z]/.test(value);
}

/** What machines think up: longer, and without any pattern. */
export function looksLikeToken(value: string): boolean {
  if (value.length < 12 || isPlaceholder(value) || OWN_ID.test(value)) return false;
  return /[A-Za-z]/.test(value) && /[0-9]/.test(value) && bitsPerCharacter(value) >= 3;
}

/** Behind a beginning that says already what it is: anything but one letter over and over, or words for such a thing. */
export const looksDrawn = (value: string): boolean =>
  /[0-9]/.test(value) &&
  bitsPerCharacter(value) >= 3 &&
  !/example|your[-_]|placeholder|redacted|x{6}|\*{3}/i.test(value);

export const isPlaceholder = (value: string): boolean => PLACEHOLDERS.some((it) => it.test(value));

/** Shannon's measure: 0 for one letter over and over, 4 for random hexadecimal digits. */
function bitsPerCharacter(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce(
    (bits, count) => bits - (count / value.length) * Math.log2(count / value.length),
    0,
  );
}
