/**
 * What the store needs of a remote, whatever lies between: read refs, fetch what one ref reaches, and move refs by
 * compare-and-swap. A transport decides nothing and tries nothing twice that could change the remote.
 */
import type { GitObject } from '../codec/object.ts';
import type { Oid } from '../codec/oid.ts';
import type { PackEntry } from '../codec/pack-writer.ts';

export interface RefUpdate {
  readonly ref: string;
  /** What the ref must be for the update to happen; null = it must not exist. */
  readonly expected: Oid | null;
  /** null = remove it. */
  readonly next: Oid | null;
}

export type RefAnswer =
  /** `landedAs`: the remote made the commit itself, of our tree and message, and gave it this name. */
  | { readonly ok: true; readonly landedAs?: Oid }
  | { readonly ok: false; readonly sort: 'conflict' | 'refused'; readonly reason: string };

export type PushOutcome =
  | { readonly kind: 'answered'; readonly refs: ReadonlyMap<string, RefAnswer> }
  /** Sent, but no answer that can be trusted: it may have landed, or land yet. */
  | { readonly kind: 'unclear'; readonly cause: Error };

export interface FetchRequest {
  readonly ref: string;
  /**
   * Commits whose tree the caller has whole. Of their history nothing is assumed, so that an old file which somebody
   * brings back is sent again. A commit that the remote does not know is ignored.
   */
  readonly have: readonly Oid[];
  /** So many commits of each line of history, newest first; all that are new, when left out. */
  readonly depth?: number;
  /** Gives objects that `have` promises. With it the remote may send differences only. */
  readonly lookup?: (oid: Oid) => GitObject | undefined;
  /** Also what is too large for a state, and the pack as it came. */
  readonly whole?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface FetchedRef {
  /** null: the ref does not exist. */
  readonly head: Oid | null;
  readonly objects: readonly GitObject[];
  /** Of all of them, where the remote sends such and `whole` was asked for. */
  readonly pack?: Uint8Array;
}

export interface PushRequest {
  readonly updates: readonly RefUpdate[];
  readonly objects: readonly PackEntry[];
  readonly signal?: AbortSignal | undefined;
}

export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  /** When all of the limit is there again, by the remote's calendar. */
  readonly resetsAtMs: number;
}

/** What not every kind of remote can do. */
export interface TransportAbilities {
  /** A ref may be replaced by a commit that does not follow it, as the live ref is with each heartbeat. */
  readonly replace: boolean;
}

export interface Transport {
  /** For messages; never holds credentials. */
  readonly name: string;
  /** All of it, where nothing is said. */
  readonly can?: TransportAbilities;
  /** The remote makes commits itself, so ours land under other names: they are known again by their tree and message. */
  readonly makesCommits?: boolean;
  /** How many requests the remote still allows, as it last told; undefined where it tells nothing. */
  readonly rateLimit?: RateLimit | undefined;
  /** How far the remote's clock is ahead of ours, as it last told; 0 before it told any; undefined where it has none. */
  readonly aheadMs?: number | undefined;
  readRefs(prefixes: readonly string[], signal?: AbortSignal): Promise<Map<string, Oid>>;
  /** The ref's head and every object reachable from it but not from `have`. */
  fetchRef(request: FetchRequest): Promise<FetchedRef>;
  /** Each ref is answered by itself: one may move while another is refused. Throws when nothing was changed for certain. */
  push(request: PushRequest): Promise<PushOutcome>;
  close(): Promise<void>;
}
