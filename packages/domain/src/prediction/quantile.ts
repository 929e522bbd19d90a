/**
 * Quantiles of the newest of a group of durations, of which the latest count most: a build that became slower last week is
 * predicted as it is now. One hour-long hang among many short builds moves none of them.
 */

/** So many builds ago a build counts half. */
const HALF_LIFE = 15;

/** `newestFirst` is not empty. Each share lies between 0 and 1. */
export function quantiles(newestFirst: readonly number[], shares: readonly number[]): number[] {
  const weighted = newestFirst.map((value, age) => ({ value, weight: 0.5 ** (age / HALF_LIFE) }));
  weighted.sort((a, b) => a.value - b.value);
  const total = weighted.reduce((sum, it) => sum + it.weight, 0);
  // The next value is as likely to lie beyond all of those that were seen as between any two, and those that count are few.
  const whole = total + weighted.reduce((sum, it) => sum + it.weight ** 2, 0) / total;
  let sum = 0;
  const points = weighted.map(({ value, weight }) => {
    sum += weight;
    return { value, share: sum / whole };
  });
  return shares.map((share) => between(points, share));
}

export const medianOf = (newestFirst: readonly number[]): number => quantiles(newestFirst, [0.5])[0] ?? 0;

interface Point {
  readonly value: number;
  readonly share: number;
}

function between(points: readonly Point[], share: number): number {
  const at = points.findIndex((it) => it.share >= share);
  const [before, after] = [points[at - 1], points[at]];
  if (!after) return points.at(-1)?.value ?? 0;
  if (!before) return after.value;
  return before.value + ((after.value - before.value) * (share - before.share)) / (after.share - before.share);
}
