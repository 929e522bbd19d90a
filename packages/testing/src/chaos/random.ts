/** Chance that can be had again: the same seed gives the same numbers. Each part of a run draws from a stream of its own. */
export interface Random {
  /** From 0 up to, but not, 1. */
  next(): number;
  between(least: number, most: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  return {
    next,
    between: (least, most) => least + (most - least) * next(),
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
  };
}
