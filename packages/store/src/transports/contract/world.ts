/** Where the contract is tried out: a remote of one's own, and what may happen to it. */
import type { Oid } from '../../codec/oid.ts';
import type { Transport } from '../transport.ts';

export interface TransportWorld {
  /** A transport of its own, to an empty remote that all of this world share. */
  connect(): Transport;
  /** A client that is not ours puts one file on the ref; resolves with the new head. */
  pushByHand?(ref: string, path: string, text: string): Promise<Oid>;
  /** From now on a hook of the remote declines every push, with this text. */
  decline?(text: string): Promise<void>;
  /** The next push is done, and its answer lost. */
  loseNextReply?(): Promise<void>;
  close(): Promise<void>;
}

/** What not every world can do. */
export type Ability = 'pushByHand' | 'decline' | 'loseNextReply';

export interface Connected {
  readonly world: TransportWorld;
  readonly transport: Transport;
}
