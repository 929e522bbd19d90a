/** How long a graph of work takes when so many do it side by side: each free hand takes what has the longest way to go. Pure. */

export interface Work {
  readonly seconds: number;
  /** Indexes of work before it. */
  readonly needs: readonly number[];
}

export function togetherSeconds(work: readonly Work[], hands: number): number {
  const ways = waysToGo(work);
  const endOf = new Map<number, number>();
  const free = Array.from({ length: Math.max(1, hands) }, () => 0);
  const open = new Set(work.keys());
  while (open.size > 0) {
    const hand = free.indexOf(Math.min(...free));
    const startable = [...open].filter((at) => work[at]?.needs.every((need) => endOf.has(need)) ?? false);
    const earliest = (at: number) =>
      Math.max(free[hand] ?? 0, ...(work[at]?.needs ?? []).map((need) => endOf.get(need) ?? 0));
    const next = startable.sort((a, b) => earliest(a) - earliest(b) || (ways[b] ?? 0) - (ways[a] ?? 0))[0];
    // Needs go to what stands before, so there is always one.
    if (next === undefined) break;
    const end = earliest(next) + (work[next]?.seconds ?? 0);
    endOf.set(next, end);
    free[hand] = end;
    open.delete(next);
  }
  return Math.max(0, ...endOf.values());
}

/** Of each, with all that waits for it. */
function waysToGo(work: readonly Work[]): readonly number[] {
  const ways = work.map((it) => it.seconds);
  for (let at = work.length - 1; at >= 0; at--)
    for (const need of work[at]?.needs ?? [])
      ways[need] = Math.max(ways[need] ?? 0, (work[need]?.seconds ?? 0) + (ways[at] ?? 0));
  return ways;
}
