/**
 * What is known of one ref: the last snapshot, and since which moment it is certain. Everything that may change this
 * goes through one lane, so that an answer which comes late can never take the head back. Retries nothing.
 */
import { whileWanted } from './abort.ts';
import { commitsOf, descends } from './ancestry.ts';
import type { Attempt, HistoryKind } from './attempt.ts';
import type { CommitFields } from './codec/commit.ts';
import type { Oid } from './codec/oid.ts';
import { StoreError } from './errors.ts';
import { ObjectCache } from './object-cache.ts';
import { type OwnSnapshot, type Snapshot, snapshotOf } from './snapshot.ts';
import type { FetchedRef, PushOutcome, PushRequest, Transport } from './transports/transport.ts';

export interface HeadOptions {
  readonly transport: Transport;
  readonly ref: string;
  readonly history: HistoryKind;
}

export interface Sending {
  readonly signal: AbortSignal;
  /** Undefined: it came too late to be sent. */
  readonly send: (request: PushRequest) => Promise<PushOutcome | undefined>;
}

export type MoveListener = (snapshot: Snapshot) => void;
/** Hears of all commits that a fetch brought, in any order. */
export type CommitListener = (commits: ReadonlyMap<Oid, CommitFields>) => void;

export class Head {
  readonly ref: string;
  readonly commitListeners = new Set<CommitListener>();
  readonly counters = { pushes: 0, fetches: 0 };
  readonly #options: HeadOptions;
  readonly #moveListeners = new Set<MoveListener>();
  readonly #cache = new ObjectCache();
  readonly #closed = new AbortController();
  #snapshot: OwnSnapshot | undefined;
  #moment = 0;
  #confirmedAt = 0;
  #lane: Promise<unknown> = Promise.resolve();
  #nextRefresh: Promise<Snapshot> | undefined;

  constructor(options: HeadOptions) {
    this.#options = options;
    this.ref = options.ref;
  }

  /** The repository, for messages. */
  get remote(): string {
    return this.#options.transport.name;
  }

  get snapshot(): OwnSnapshot | undefined {
    return this.#snapshot;
  }

  /** Moments of this process in their order. No clock: two of them are never equal. */
  nextMoment(): number {
    this.#moment += 1;
    return this.#moment;
  }

  /** Whether the snapshot is known to have been the head after that moment. */
  isConfirmedSince(moment: number): boolean {
    return this.#confirmedAt > moment;
  }

  /** Callers who come before the request is sent share it. */
  refresh(signal?: AbortSignal): Promise<Snapshot> {
    this.#nextRefresh ??= this.#inLane(() => {
      this.#nextRefresh = undefined;
      return this.#fetch();
    });
    return whileWanted(this.#nextRefresh, signal);
  }

  /** Undefined: the head is known to have moved since the attempt was built, or the push is gone, so nothing was sent. */
  push(attempt: Attempt, { signal, send }: Sending): Promise<PushOutcome | undefined> {
    return this.#inLane(async () => {
      if ((this.#snapshot?.commit ?? null) !== attempt.base) return undefined;

      const moment = this.nextMoment();
      const outcome = await send(this.#request(attempt, signal));
      if (outcome?.kind === 'answered' && outcome.refs.get(this.ref)?.ok) this.#moveTo(attempt.snapshot, moment);
      return outcome;
    });
  }

  onMove(listener: MoveListener): () => void {
    this.#moveListeners.add(listener);
    return () => void this.#moveListeners.delete(listener);
  }

  /** The contents of a file that is known, by its oid. */
  readonly quick = (oid: Oid): Uint8Array | undefined => this.#cache.blob(oid);

  close(): void {
    this.#closed.abort(new StoreError('TIMEOUT', `the store of ${this.ref} was closed`, { hint: 'open it again' }));
  }

  #request({ base, snapshot, objects }: Attempt, signal: AbortSignal): PushRequest {
    this.counters.pushes += 1;
    return { updates: [{ ref: this.ref, expected: base, next: snapshot.commit }], objects, signal };
  }

  // The first fetch takes one commit's tree, not the history. A store that is far behind could do the same again
  // (cheaper from a few dozen commits on), once it can tell by the state itself which of its commits arrived.
  async #fetch(): Promise<Snapshot> {
    const moment = this.nextMoment();
    const last = this.#snapshot;
    this.counters.fetches += 1;
    const fetched = await this.#options.transport.fetchRef({
      ref: this.ref,
      signal: this.#closed.signal,
      lookup: (oid) => this.#cache.object(oid),
      ...(last ? { have: [last.commit] } : { have: [], depth: 1 }),
    });
    return this.#adopt(fetched, moment);
  }

  #adopt({ head, objects }: FetchedRef, moment: number): Snapshot {
    if (head === null) throw this.#missing();
    const last = this.#snapshot;
    if (last && head === last.commit) return this.#moveTo(last, moment);

    const known = new Map(objects.map((it) => [it.oid, it]));
    const commits = commitsOf(objects);
    if (last && this.#options.history === 'kept' && !descends(head, last.commit, commits)) throw rewritten(this.ref);

    const tree = commits.get(head)?.tree ?? leftOut(head);
    const snapshot = snapshotOf({ commit: head, root: this.#cache.build(tree, known), quick: this.quick });
    for (const listener of this.commitListeners) listener(commits);
    return this.#moveTo(snapshot, moment);
  }

  /** What follows no history may be begun again; of any other, what was seen is kept, to know it by when it comes back. */
  #missing(): StoreError {
    if (this.#options.history === 'kept') return branchMissing(this, HINT_KEPT);
    this.#snapshot = undefined;
    return branchMissing(this, HINT_BEGUN_AGAIN);
  }

  #moveTo(snapshot: OwnSnapshot, moment: number): Snapshot {
    const moved = snapshot.commit !== this.#snapshot?.commit;
    this.#snapshot = snapshot;
    this.#confirmedAt = moment;
    if (!moved) return snapshot;

    this.#cache.settleOn(snapshot.root);
    for (const listener of this.#moveListeners) tell(listener, snapshot);
    return snapshot;
  }

  #inLane<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lane.then(work);
    this.#lane = turn.catch(() => undefined);
    return turn;
  }
}

function leftOut(commit: Oid): never {
  throw new StoreError('REMOTE_INVALID', `the server left out the commit ${commit}`, {
    hint: 'try again; if it stays so, run git fsck in the repository on the server',
  });
}

/** A listener that fails is a bug of its owner: loud, but not the head's to suffer from. */
function tell(listener: MoveListener, snapshot: Snapshot): void {
  try {
    listener(snapshot);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

const HINT_KEPT =
  'make the repository a yard with gityard init, or restore the branch; it is never made anew by itself';
const HINT_BEGUN_AGAIN = 'the next heartbeat of an agent makes it again';

function branchMissing({ ref, remote }: Pick<Head, 'ref' | 'remote'>, hint: string): StoreError {
  return new StoreError('BRANCH_MISSING', `${ref} does not exist in ${remote}`, { hint });
}

function rewritten(ref: string): StoreError {
  return new StoreError('HISTORY_REWRITTEN', `${ref} was replaced by commits that do not follow what was seen before`, {
    hint: 'find out who forced the branch; start again when the new history is the one that counts',
  });
}
