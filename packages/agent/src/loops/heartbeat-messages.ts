/** What the main thread and the heartbeat's thread say to each other. Plain values: they are copied between threads. */
import type { Heartbeat } from '@gityard/domain';
import type { Refs, SharedRemote } from '@gityard/yard';
import type { Self } from '../context.ts';
import type { Counters } from '../metrics/total-counters.ts';
import type { Doings, Urgency } from '../status-board.ts';

export interface HeartbeatSetup {
  readonly address: string;
  readonly token: string | undefined;
  readonly sshKey: string | undefined;
  readonly refs: Refs | undefined;
  readonly self: Self;
  readonly version: string;
  readonly doings: Doings;
  /** Of its site, when it has one. */
  readonly relayKey: string | undefined;
  readonly relayUrl: string | undefined;
  /** Of `BeatMemory`: a thread that takes over counts on. */
  readonly memory: SharedArrayBuffer;
  /** Both threads count as one at the remote. */
  readonly remote: SharedRemote;
}

export type ToHeartbeat =
  | { readonly kind: 'say'; readonly doings: Doings; readonly urgency: Urgency }
  /** Where the relay of the site is now; undefined: beat by yourself. */
  | { readonly kind: 'relay'; readonly url: string | undefined }
  /** A beat came through with a push of the main thread. */
  | { readonly kind: 'rode'; readonly heartbeat: Heartbeat }
  /** One last beat, without jobs, then end. */
  | { readonly kind: 'farewell' };

export type FromHeartbeat =
  | { readonly kind: 'acknowledged'; readonly heartbeat: Heartbeat; readonly counters: Counters }
  | { readonly kind: 'failed'; readonly text: string; readonly againInMs: number }
  /** A beat that waits for its push has to go now: with what the main thread has to push, if it has anything. */
  | { readonly kind: 'must-go' }
  /** The yard says that another daemon, or none, bears our name now. */
  | { readonly kind: 'replaced' };
