/** Where the lines of a chart's axis stand, and where a value lies between them. Pure. */

export type Measure = 'count' | 'seconds' | 'percent';

const SECOND_STEPS = [
  1, 5, 15, 30, 60, 300, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400, 172_800, 604_800, 2_592_000,
];
const MOST_STEPS = 4;

/** From 0 upwards in round steps, the last of them no less than the largest value. */
export function ticksUpTo(largest: number, measure: Measure): readonly number[] {
  if (measure === 'percent') return [0, 25, 50, 75, 100];
  const step = measure === 'seconds' ? secondStep(largest) : roundStep(largest / MOST_STEPS);
  const count = Math.max(1, Math.ceil(largest / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

function secondStep(largest: number): number {
  return SECOND_STEPS.find((step) => largest / step <= MOST_STEPS) ?? roundStep(largest / MOST_STEPS);
}

/** The next of 1, 2, 5, 10, 20, … */
function roundStep(least: number): number {
  if (least <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((digit) => digit * power >= least) ?? 10) * power;
}

/** Every how many of so many places a word fits that is so wide. */
export function labelEvery(count: number, { width, wordWidth }: { width: number; wordWidth: number }): number {
  const fitting = Math.max(1, Math.floor(width / wordWidth));
  const least = Math.ceil(count / fitting);
  return [1, 2, 3, 4, 5, 6, 7, 10, 12, 14].find((it) => it >= least) ?? least;
}

/** Runs of neighbours that are known: a line ends where nothing is known and begins again behind it. */
export function runs(values: readonly (number | null)[]): readonly (readonly number[])[] {
  const all: number[][] = [];
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const last = all.at(-1);
    if (last?.at(-1) === index - 1) last.push(index);
    else all.push([index]);
  }
  return all;
}
