/** How often a stage said what, by the codes of its tools: "CS1002 ×2, CS0168 ×3". Errors first, then the most frequent. */
import type { Problem } from './match-problems.ts';

export interface CodeCounts {
  add(problem: Problem): void;
  text(level?: Problem['level']): string | null;
}

const CODES = 500;
const TOLD = 10;

export function openCodeCounts(): CodeCounts {
  const counts = new Map<string, { readonly code: string; readonly level: Problem['level']; count: number }>();
  return {
    add({ code, level }) {
      if (code === null || level === 'notice') return;
      const known = counts.get(`${level} ${code}`);
      if (known) known.count++;
      else if (counts.size < CODES) counts.set(`${level} ${code}`, { code, level, count: 1 });
    },
    text(level) {
      const rank = (it: Problem['level']) => (it === 'error' ? 0 : 1);
      const all = [...counts.values()].filter((it) => level === undefined || it.level === level);
      const sorted = all.sort((a, b) => rank(a.level) - rank(b.level) || b.count - a.count);
      const told = sorted.slice(0, TOLD).map(({ code, count }) => (count === 1 ? code : `${code} ×${count}`));
      const more = sorted.length > TOLD ? [`${sorted.length - TOLD} other codes`] : [];
      return told.length === 0 ? null : [...told, ...more].join(', ');
    },
  };
}
