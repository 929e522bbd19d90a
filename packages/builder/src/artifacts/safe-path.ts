/** Which relative paths an artifact may have: such as can be listed, downloaded and checked on every system. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is refused
const UNSAFE = /[\u0000-\u001f\u007f\\:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufffd]/;

export function isSafePath(path: string): boolean {
  if (path.length === 0 || path.length > 1_000 || UNSAFE.test(path)) return false;
  return path
    .split('/')
    .every(
      (part) => part !== '' && part !== '.' && part !== '..' && !part.startsWith('-') && Buffer.byteLength(part) <= 255,
    );
}
