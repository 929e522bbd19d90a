/**
 * Follows a yard from a browser, an editor or a program: the newest snapshot, and how good the connection is. A failure
 * changes the connection alone; nobody is ever told to forget the data they hold. Knows nothing of what is drawn.
 */
import type { ReadModel } from '@gityard/domain';
import { followOnce, type Visit } from './client/follow-once.ts';
import { jittered, pause } from './client/pause.ts';

/** late: nothing heard for a while, not even a heartbeat. offline: trying again, with growing pauses. */
export type ConnectionState = 'connecting' | 'live' | 'late' | 'offline';

export interface Connection {
  readonly state: ConnectionState;
  /** A sentence for people; null when all is well. */
  readonly reason: string | null;
  /** How far the server's clock is ahead of ours; 0 when a header of whole seconds cannot tell. */
  readonly skewMs: number;
}

export interface FollowYard {
  /** Where the API is, such as `http://127.0.0.1:7420`, or the address of a page beside it. */
  readonly url: string | URL;
  readonly onSnapshot: (model: ReadModel) => void;
  readonly onConnection: (connection: Connection) => void;
  readonly fetch?: typeof globalThis.fetch;
  /** Silence after which the connection is late; after twice as much it is given up and made anew. */
  readonly lateAfterMs?: number;
  readonly firstRetryMs?: number;
  readonly lastRetryMs?: number;
}

/** Returns the function that stops following; nothing is told after it was called. */
export function followYard(follow: FollowYard): () => void {
  const stop = new AbortController();
  void keepFollowing(follow, stop.signal);
  return () => stop.abort();
}

async function keepFollowing(follow: FollowYard, stopped: AbortSignal): Promise<void> {
  const { firstRetryMs = 1_000, lastRetryMs = 30_000 } = follow;
  const visit: Visit = { lastEventId: undefined, skewMs: 0, heard: false };
  let failures = 0;
  follow.onConnection({ state: 'connecting', reason: null, skewMs: 0 });
  while (!stopped.aborted) {
    visit.heard = false;
    const reason = await followOnce(follow, { visit, stopped });
    if (stopped.aborted) return;
    failures = visit.heard ? 0 : failures + 1;
    follow.onConnection({ state: 'offline', reason, skewMs: visit.skewMs });
    await pause(jittered(Math.min(firstRetryMs * 2 ** failures, lastRetryMs)), stopped);
  }
}
