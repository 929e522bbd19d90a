/** What each key means, and the words of the help for it: one list for both, so that they never differ. Pure. */

export type KeyMeaning =
  | 'search'
  | 'palette'
  | 'next-row'
  | 'previous-row'
  | 'back'
  | 'next-failure'
  | 'next-stuck'
  | 'earlier'
  | 'later'
  | 'live'
  | 'look'
  | 'theme'
  | 'density'
  | 'permalink'
  | 'actions'
  | 'help'
  | 'go';

export interface KeyEntry {
  readonly key: string;
  readonly meaning: KeyMeaning;
  readonly words: string;
}

export const KEYS: readonly KeyEntry[] = [
  { key: '/', meaning: 'search', words: 'search everything' },
  { key: 'g', meaning: 'go', words: 'then the letter of a page: go there' },
  { key: 'j', meaning: 'next-row', words: 'next row (Enter opens it)' },
  { key: 'k', meaning: 'previous-row', words: 'row before' },
  { key: 'Escape', meaning: 'back', words: 'back: close, back to now, or one page up' },
  { key: 'e', meaning: 'next-failure', words: 'next failure' },
  { key: 'w', meaning: 'next-stuck', words: 'next job that cannot run' },
  { key: '[', meaning: 'earlier', words: 'one moment earlier' },
  { key: ']', meaning: 'later', words: 'one moment later' },
  { key: '0', meaning: 'live', words: 'back to now' },
  { key: 'r', meaning: 'look', words: 'look for newer data now' },
  { key: 't', meaning: 'theme', words: 'next theme' },
  { key: 'd', meaning: 'density', words: 'rows closer or wider' },
  { key: 'y', meaning: 'permalink', words: 'copy a link to exactly this' },
  { key: '.', meaning: 'actions', words: 'what can be done with the row' },
  { key: '?', meaning: 'help', words: 'this help' },
];

/** What the frame does about keys. */
export interface KeyHandlers {
  does(meaning: Exclude<KeyMeaning, 'go'>): void;
  /** Answers whether a page has that letter. */
  goes(letter: string): boolean;
  /** Something lies over the page, and has the keys. */
  isCovered(): boolean;
}

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** undefined: the key is the browser's or the page's. Ctrl+R, Ctrl+F and Ctrl+T are never taken. */
export function meaningOf({ key, ctrlKey, metaKey, altKey }: KeyPress): KeyMeaning | undefined {
  if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'k') return 'palette';
  if (ctrlKey || metaKey || altKey) return undefined;
  return KEYS.find((entry) => entry.key === key)?.meaning;
}

/** Single keys belong to whatever is being typed into. */
export function isTyping(event: Event): boolean {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select');
}
