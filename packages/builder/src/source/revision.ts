/**
 * Which texts may stand for a branch, a tag or a commit. Checked before Git sees them, because Git reads a value that
 * begins with "-" as an option, and some options run programs.
 */

/** The rules of `git check-ref-format`, so that a bad name costs no process. */
export function isRefName(name: string): boolean {
  if (name.length === 0 || name.length > 255 || name === '@') return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is refused
  if (/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\//.test(name)) return false;
  if (/^[-/]|[/.]$/.test(name)) return false;
  return !name.split('/').some((part) => part.startsWith('.') || part.endsWith('.lock'));
}

/** A commit's id, at least seven digits of it. */
export function isCommitId(text: string): boolean {
  return /^[0-9a-f]{7,64}$/.test(text);
}

export function isFullCommitId(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
