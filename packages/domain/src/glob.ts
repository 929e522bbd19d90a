/** Words and globs of people's settings, matched in a time that grows with the text alone: no expression of theirs can hang us. */

/** `*` stands for anything, nothing included; capitals do not count. */
export function globMatches(glob: string, text: string): boolean {
  const parts = glob.toLowerCase().split('*');
  const [first = '', ...rest] = parts;
  const [whole, last] = [text.toLowerCase(), rest.pop()];
  if (last === undefined) return whole === first;
  if (!whole.startsWith(first) || !whole.endsWith(last) || whole.length < first.length + last.length) return false;
  const middle = whole.slice(first.length, whole.length - last.length);
  let at = 0;
  for (const part of rest) {
    const found = middle.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return true;
}

/** Every word of it, wherever it stands; no words are in every text. */
export function holdsAll(text: string, words: string): boolean {
  const whole = text.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => whole.includes(word));
}
