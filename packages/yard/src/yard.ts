/**
 * What a yard is to whoever works with one: operations by their names, the state that was last seen, and its refs. Nobody there
 * sees a file, a commit or a retry.
 */
import type {
  Accepted,
  CommandWish,
  Connection,
  InputOf,
  OperationName,
  Refused,
  ResultOf,
  State,
  Time,
} from '@gityard/domain';
import type { Snapshot, StoreCounters, Transport } from '@gityard/store';
import type { Refs, SharedRemote } from './options.ts';
import type { ProposedFile, Supposed } from './proposal/suppose.ts';
import type { LiveRef } from './refs/live.ts';
import type { LogsRef } from './refs/logs.ts';
import type { Asker, Operation } from './writing/compose.ts';
import type { Receipt } from './writing/receipts.ts';

export interface Done<Result> {
  readonly ok: true;
  readonly result: Result;
  /** The state commit that holds it; null when nothing had to change. */
  readonly commit: string | null;
}
export type Outcome<Result> = Done<Result> | Refused;

interface PerformOptions {
  /** Of a person, for the trailer of that name. */
  readonly reason?: string | null;
  /** Who asked for it, where that is not the actor of this yard. */
  readonly by?: string;
  /** Rules of the scanner whose finds are no secrets, says that person. */
  readonly allowSecrets?: readonly string[];
  /** The command that asked for it: done only while its target is as that expects. */
  readonly wish?: CommandWish;
  /** Namespaces for which their word goes, of the state that is decided on. None means all. */
  readonly within?: readonly string[];
  /** Under which it is done once. What it did is not known any more when it had been done before: the result is undefined. */
  readonly receipt?: Receipt;
  readonly signal?: AbortSignal;
}

export interface Yard {
  /** For messages; never holds credentials. */
  readonly address: string;
  readonly actor: string;
  readonly boot: string;
  readonly refs: Refs;
  readonly transport: Transport;
  readonly live: LiveRef;
  readonly logs: LogsRef;
  /** For a second yard of this process, in another thread. */
  readonly shared: SharedRemote;
  /** A relay pushes for so many agents, itself included, and has their shares of the budget. */
  pushFor(agents: number): void;
  /** How good the connection is, and what is left of the push budget. */
  connection(): Connection;
  /** What was sent so far, by ref. What another thread sent is not in it. */
  counters(): Readonly<Record<keyof Refs, StoreCounters>>;
  /** How long a push that is not urgent would have to wait for the budget now; 0 without one. */
  nextPushInMs(): number;
  /** What waits for a push goes now, whatever the budget says. */
  pushNow(): void;
  /** The time of this yard: that of the remote where it tells one, so that clocks of machines may differ. */
  now(): Time;
  /** The last state that was seen, with the last heartbeats. Throws before the first `refresh`. */
  readonly state: State;
  /** The commit of that state. */
  readonly head: string;
  /** All files at that commit, as they lie there. */
  readonly snapshot: Snapshot;
  /** What a file says at that commit, whatever it is; undefined: it is not there, or too large to be fetched. */
  read(path: string): Uint8Array | undefined;
  /** Of all files at that commit whose path begins so. */
  paths(prefix: string): readonly string[];
  /** Looks at the remote; costs one small request when nothing moved. Throws StoreError. */
  refresh(signal?: AbortSignal): Promise<State>;
  /** Refuses or commits, exactly once. Throws StoreError when the remote cannot be reached or trusted. */
  perform<N extends OperationName>(name: N, input: InputOf<N>, options?: PerformOptions): Promise<Outcome<ResultOf<N>>>;
  /**
   * Performs what somebody else asks for, under their name: together, in this order, and once, however often they ask. Each is
   * answered by itself; of what had been applied before, the answers are not known any more.
   */
  performFor(
    from: Asker,
    operations: readonly Operation[],
    options?: Pick<PerformOptions, 'signal'>,
  ): Promise<readonly Outcome<unknown>[] | 'applied-before'>;
  /** What the operation would do to the state as it was last seen. Nothing is sent. */
  foretell<N extends OperationName>(name: N, input: InputOf<N>): Accepted<ResultOf<N>> | Refused;
  /** What the state that was last seen would be with these files. Nothing is sent. */
  suppose(files: readonly ProposedFile[]): Supposed;
  /** Why the operation would be refused whatever the state is: it holds what looks like a secret. */
  screen(operation: Operation): Promise<Refused | undefined>;
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}
