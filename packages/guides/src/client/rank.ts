/** Which entries hold all words that were typed, best first: a heading that begins with them, then one of which they are words, then one that holds them, then its words. */
import type { SearchEntry } from '../site/search-index.ts';

export function rank(entries: readonly SearchEntry[], typed: string): readonly SearchEntry[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return entries
    .map((entry) => ({ entry, points: pointsOf(entry, words) }))
    .filter(({ points }) => points > 0)
    .sort((one, other) => other.points - one.points)
    .map(({ entry }) => entry);
}

/** 0: not all words are in it. */
function pointsOf([, title, heading, more]: SearchEntry, words: readonly string[]): number {
  const [head, page, rest] = [heading || title, title, more].map((it) => it.toLowerCase());
  const points = words.map((word) => {
    if (head?.startsWith(word)) return 8;
    if (head?.split(/[^\p{L}\d]+/u).includes(word)) return 6;
    if (head?.includes(word)) return 5;
    if (page?.includes(word)) return 2;
    return rest?.includes(word) ? 1 : 0;
  });
  if (points.includes(0)) return 0;
  return points.reduce<number>((sum, it) => sum + it, heading ? 0 : 1);
}
