/** Numbers that look like chance and come from a seed. */
export interface Dice {
  below(limit: number): number;
  one<T>(of: readonly [T, ...T[]]): T;
}

export function diceOf(seed: number): Dice {
  let state = seed >>> 0 || 1;
  const below = (limit: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % limit;
  };
  return { below, one: (of) => of[below(of.length)] ?? of[0] };
}
