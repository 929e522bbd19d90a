/**
 * Properties that all judge the same random stories: to play one costs far more than to judge it. Each property asks for runs
 * under the same seed, which fast-check tells when one fails; what was played is frozen, so that none can change it for the next.
 */
import type { Throws } from './story.ts';

export const SAME_RUNS = { numRuns: 300, seed: Math.floor(Math.random() * 0x7fffffff) } as const;

export function playedOnce<T>(play: (run: readonly Throws[]) => T): (run: readonly Throws[]) => T {
  const known = new Map<string, T>();
  return (run) => {
    const key = JSON.stringify(run);
    const played = known.get(key) ?? play(run);
    known.set(key, played);
    return played;
  };
}
