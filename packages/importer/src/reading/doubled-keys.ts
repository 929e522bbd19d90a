/**
 * Keys that one object says twice, of which `JSON.parse` keeps the last and drops the others without a word: so ends a merge
 * of two lists by hand. Only for text that is JSON.
 */

interface Doubled {
  readonly key: string;
  /** Where the earlier one stands, with its quotes. */
  readonly start: number;
  readonly end: number;
  /** Where it is said again. */
  readonly again: number;
}

/** What a key got at its end so that it is said once. No text that was read holds it. */
const MARK = '\0';

export function doubledKey(text: string): { readonly reason: string; readonly line: number } | null {
  for (const { key, again } of doubledIn(text))
    return {
      reason: `has the key ${JSON.stringify(key.slice(0, 60))} twice`,
      line: text.slice(0, again).split('\n').length,
    };
  return null;
}

/** The same text with a mark in all but the last of the same keys, so that nothing under them is lost. */
export function withAllKeys(text: string): string {
  const pieces: string[] = [];
  let reached = 0;
  const earlier = [...doubledIn(text)].sort((a, b) => a.start - b.start);
  for (const [at, { key, start, end }] of earlier.entries()) {
    pieces.push(text.slice(reached, start), JSON.stringify(`${key}${MARK}${at}`));
    reached = end;
  }
  return [...pieces, text.slice(reached)].join('');
}

export const plainKey = (key: string): string => key.split(MARK, 1)[0] ?? key;

type Keys = Map<string, { readonly start: number; readonly end: number }>;

/** By hand and not by an expression: a text of megabytes in one string would exhaust that one. */
function* doubledIn(text: string): IterableIterator<Doubled> {
  const open: (Keys | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '{') open.push(new Map());
    else if (sign === '[') open.push(null);
    else if (sign === '}' || sign === ']') open.pop();
    else if (sign === '"') {
      const [start, end] = [at, endOfString(text, at)];
      at = end - 1;
      const keys = open.at(-1);
      if (!keys || !isKey(text, end)) continue;
      const key = JSON.parse(text.slice(start, end)) as string;
      const before = keys.get(key);
      if (before) yield { key, ...before, again: start };
      keys.set(key, { start, end });
    }
  }
}

function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}

function isKey(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && ' \t\n\r'.includes(text[at] ?? '')) at++;
  return text[at] === ':';
}
