/** Choices made from given numbers, so that whoever throws the dice (a property test, a simulation) can throw them again. */
export interface Dice {
  one<T>(list: readonly [T, ...T[]]): T;
  /** From a list that may be empty, with something to fall back on. */
  oneOr<T, F>(list: readonly T[], fallback: F): T | F;
  some<T>(list: readonly T[]): T[];
  /** True once in `times` throws. */
  rarely(times: number): boolean;
}

export function diceOf(throws: readonly number[]): Dice {
  let at = 0;
  const next = (): number => throws[at++ % Math.max(1, throws.length)] ?? 0;
  return {
    one: (list) => list[next() % list.length] ?? list[0],
    oneOr: (list, fallback) => (list.length === 0 ? fallback : (list[next() % list.length] ?? fallback)),
    some: (list) => list.filter(() => next() % 3 === 0),
    rarely: (times) => next() % times === 0,
  };
}
