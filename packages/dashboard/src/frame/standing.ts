/** How well the page keeps its own promise to look: by the interval it has set itself, not by a fixed age. Pure. */
import type { Connection } from '../worker/protocol.ts';

export type LooksStanding = 'fresh' | 'late' | 'stale' | 'dead';

/** Below this a look that is merely slow would be called late. */
const SHORTEST_MS = 15_000;

export function looksStanding(
  { lookedAt, nextLookAt, state }: Pick<Connection, 'lookedAt' | 'nextLookAt' | 'state'>,
  now: number,
): LooksStanding {
  // Nobody looks while the page is hidden, and one that is told of changes has no interval.
  if (lookedAt === null || nextLookAt === null || state === 'paused') return 'fresh';
  const interval = Math.max(SHORTEST_MS, nextLookAt - lookedAt);
  const share = (now - lookedAt) / interval;
  if (share <= 1.5) return 'fresh';
  if (share <= 3) return 'late';
  return share <= 10 ? 'stale' : 'dead';
}
