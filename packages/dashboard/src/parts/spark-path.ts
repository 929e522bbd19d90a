/** The line of a sparkline as a path, by time, so that a gap is as wide as it was. Pure. */

export interface SparkPoint {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

export const WIDTH = 120;
export const HEIGHT = 32;

/** One value is a line across. */
export function sparkPath(points: readonly SparkPoint[], max: number): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return '';
  const spanMs = last.at - first.at;
  if (spanMs <= 0) return `M0 ${heightOf(last.value, max)}H${WIDTH}`;
  return points
    .map(
      ({ at, value }, index) =>
        `${index === 0 ? 'M' : 'L'}${round(((at - first.at) / spanMs) * WIDTH)} ${heightOf(value, max)}`,
    )
    .join('');
}

/** A hair below the top and above the bottom, where half the stroke would be cut off. */
export const heightOf = (value: number, max: number): number =>
  round(HEIGHT - 1 - (Math.min(max, Math.max(0, value)) / (max || 1)) * (HEIGHT - 2));
const round = (value: number): number => Math.round(value * 10) / 10;
