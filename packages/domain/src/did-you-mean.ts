/** Finds what somebody probably meant to type: the nearest word by typing errors, when it is near enough. */

export function didYouMean(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((it) => ({ it, distance: distanceOf(word.toLowerCase(), it.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const nearest = ranked[0];
  return nearest && nearest.distance <= Math.max(1, Math.floor(word.length / 3)) ? nearest.it : undefined;
}

/** Insertions, removals, replacements and swapped neighbours. Words are cut, so that a pasted essay costs nothing. */
function distanceOf(left: string, right: string): number {
  const [a, b] = [left.slice(0, 60), right.slice(0, 60)];
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const steps = [
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
        ...(swapped && row > 1 && column > 1 ? [(older[column - 2] ?? 0) + 1] : []),
      ];
      current.push(Math.min(...steps));
    }
    [older, previous] = [previous, current];
  }
  return previous[b.length] ?? 0;
}
