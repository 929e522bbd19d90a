/**
 * Paths and patterns of artifacts: `*` and `?` stay within one folder, `**` goes through any number of them, and a
 * plain path means that file or everything below that folder. Patterns are written by strangers, so matching takes
 * time in proportion to pattern × path at worst; a regular expression could be made to take for ever.
 */
export function matcherOf(pattern: string): (path: string) => boolean {
  const clean = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
  if (!hasWildcard(clean)) return (path) => clean === '.' || path === clean || path.startsWith(`${clean}/`);
  const parts = clean.split('/');
  const rules = { many: (part: string) => part === '**', one: matchesName };
  return (path) => matches(parts, path.split('/'), rules);
}

/** The folder in which a pattern can match at all, so that the rest need not be walked. */
export function folderOf(pattern: string): string {
  const parts = pattern.replace(/^\.\//, '').split('/');
  const first = parts.findIndex(hasWildcard);
  return first === -1 ? pattern : parts.slice(0, first).join('/') || '.';
}

/** Whether a pattern stays below the folder that it is applied to. */
export function isBelow(pattern: string): boolean {
  return !pattern.startsWith('/') && !/^[A-Za-z]:/.test(pattern) && !pattern.split(/[/\\]/).includes('..');
}

export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

const CHARACTERS = {
  many: (wanted: string) => wanted === '*',
  one: (wanted: string, found: string) => wanted === '?' || wanted === found,
};

function matchesName(pattern: string, name: string): boolean {
  return matches([...pattern], [...name], CHARACTERS);
}

interface Rules {
  many(wanted: string): boolean;
  one(wanted: string, found: string): boolean;
}

/**
 * One algorithm for both levels, characters of a name and folders of a path: go on while it fits, and when it does
 * not, let the last star swallow one more. Only the last star ever needs another try.
 */
function matches(wanted: readonly string[], found: readonly string[], { many, one }: Rules): boolean {
  let at = 0;
  let star = -1;
  let swallowed = 0;
  for (let index = 0; index < found.length; ) {
    const next = wanted[at];
    if (next !== undefined && many(next)) {
      star = at++;
      swallowed = index;
    } else if (next !== undefined && one(next, found[index] ?? '')) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++swallowed;
    } else return false;
  }
  return wanted.slice(at).every(many);
}
