/** What one who follows a yard gives and is told. */
import type { ReadModel } from '@gityard/domain';

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
