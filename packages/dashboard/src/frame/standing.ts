/** How well the page keeps its own promise to look: by the interval it has set itself, not by a fixed age. Pure. */
import { type Time, toTime } from '@gityard/domain';
import type { Connection } from '../worker/protocol.ts';
import type { YardView } from '../yard/yard.ts';

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

/**
 * Until when the source vouches for what is shown. While nothing is heard of it nobody knows what the servers do: they are
 * judged by the last moment that is known, and do not fall silent because this page cannot look.
 */
export function knownUntil(
  { model, isRemembered, connection }: Pick<YardView, 'model' | 'isRemembered' | 'connection'>,
  now: Time,
): Time {
  const isHeard = !isRemembered && connection.state === 'live' && keepsUp(connection, Date.parse(now));
  if (model === undefined || isHeard) return now;
  const heard = Math.max(Date.parse(model.at), connection.lookedAt ?? 0);
  return heard < Date.parse(now) ? toTime(heard) : now;
}

const keepsUp = (connection: Connection, now: number): boolean =>
  ['fresh', 'late'].includes(looksStanding(connection, now));
