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

/** Whether a path of a manifest stays below the folder that it is applied to, whatever else is odd about it. */
export function isInsidePath(path: string): boolean {
  if (path === '' || path.includes('\0') || /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path)) return false;
  const parts = path.split('/');
  // Where a backslash separates folders, it does so for those who wrote the path as well.
  const words = process.platform === 'win32' ? path.split(/[/\\]/) : parts;
  return words.every((part) => part !== '' && part !== '.' && part !== '..');
}
