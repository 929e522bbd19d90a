/**
 * What is known of one ref: the last snapshot, and since which moment it is certain. Everything that may change this
 * goes through one lane, so that an answer which comes late can never take the head back. Retries nothing.
 */
import { whileWanted } from './abort.ts';
import { commitsOf, descends } from './ancestry.ts';
import { type Attempt, type HistoryKind, nameAmong } from './attempt.ts';
import type { GitObject } from './codec/object.ts';
import type { Oid } from './codec/oid.ts';
import { StoreError } from './errors.ts';
import { type Before, type Fetching, fetchNext } from './fetch-next.ts';
import { branchMissing, leftOut, rewritten } from './head-errors.ts';
import type { LocalObjects } from './local/local-objects.ts';
import { ObjectCache } from './object-cache.ts';
import type { Ports } from './ports.ts';
import { SeenHeads } from './seen-heads.ts';
import { type OwnSnapshot, type Snapshot, snapshotOf } from './snapshot.ts';
import { type Commits, commitsSince, type PredecessorOf } from './succession.ts';
import type { FetchedRef, PushOutcome, PushRequest, Transport } from './transports/transport.ts';

export interface HeadOptions {
  readonly transport: Transport;
  readonly ref: string;
  readonly history: HistoryKind;
  readonly ports: Ports;
  /** What an earlier process saw of a ref whose history is kept. */
  readonly local?: LocalObjects | undefined;
  readonly predecessorOf?: PredecessorOf | undefined;
}

export interface Sending {
  readonly signal: AbortSignal;
  /** Undefined: it came too late to be sent. */
  readonly send: (request: PushRequest) => Promise<PushOutcome | undefined>;
}

export type MoveListener = (snapshot: Snapshot) => void;
/** Hears of all commits that a fetch brought, in any order. */
export type CommitListener = (commits: Commits) => void;

export class Head {
  readonly ref: string;
  readonly commitListeners = new Set<CommitListener>();
  readonly counters = { pushes: 0, fetches: 0 };
  readonly #options: HeadOptions;
  readonly #moveListeners = new Set<MoveListener>();
  readonly #cache = new ObjectCache();
  readonly #closed = new AbortController();
  #snapshot: OwnSnapshot | undefined;
  #recalled: Before | undefined;
  #seen = new SeenHeads();
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
      const answer = outcome?.kind === 'answered' ? outcome.refs.get(this.ref) : undefined;
      if (answer?.ok) {
        this.#moveTo(this.#named(attempt.snapshot, answer.landedAs), moment, { objects: attempt.objects });
      }
      return outcome;
    });
  }

  /** Under which name an attempt landed, if it is among these commits. */
  nameAmong(commits: Commits, attempt: Attempt): Oid | undefined {
    return nameAmong(commits, attempt, this.#options.transport);
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

  /** The same files under the name that the remote gave the commit. */
  #named(snapshot: OwnSnapshot, commit: Oid = snapshot.commit): OwnSnapshot {
    return commit === snapshot.commit ? snapshot : snapshotOf({ commit, root: snapshot.root, quick: this.quick });
  }

  #request({ base, snapshot, objects }: Attempt, signal: AbortSignal): PushRequest {
    this.counters.pushes += 1;
    return { updates: [{ ref: this.ref, expected: base, next: snapshot.commit }], objects, signal };
  }

  async #fetch(): Promise<Snapshot> {
    const moment = this.nextMoment();
    const before = await this.#before();
    return this.#adopt(await fetchNext(this.#fetching(), before), { before, moment });
  }

  #fetching(): Fetching {
    const { transport, ports } = this.#options;
    const lookup = (oid: Oid) => this.#cache.object(oid);
    const { ref, counters } = this;
    return { transport, ref, ports, lookup, counters, seen: this.#seen, signal: this.#closed.signal };
  }

  async #before(): Promise<Before | undefined> {
    if (this.#snapshot) return { commit: this.#snapshot.commit, snapshot: this.#snapshot };
    this.#recalled ??= await this.#recall();
    return this.#recalled;
  }

  async #recall(): Promise<Before | undefined> {
    const { local, history } = this.#options;
    const recalled = history === 'none' ? undefined : await local?.recall(this.ref);
    if (!recalled) return undefined;
    const { pin, objects } = recalled;
    this.#seen = new SeenHeads([...pin.before, pin.head]);
    const commit = pin.head;
    const tree = objects && commitsOf([...objects.values()]).get(commit)?.tree;
    if (!tree) return history === 'kept' ? { commit } : undefined;
    return { commit, snapshot: snapshotOf({ commit, root: this.#cache.build(tree, objects), quick: this.quick }) };
  }

  async #adopt(
    { head, objects }: FetchedRef,
    { before, moment }: { before: Before | undefined; moment: number },
  ): Promise<Snapshot> {
    if (head === null) throw this.#missing();
    if (before?.snapshot && head === before.commit) return this.#moveTo(before.snapshot, moment, { objects: [] });

    const known = new Map(objects.map((it) => [it.oid, it]));
    let commits: Commits = commitsOf(objects);
    if (before && this.#options.history === 'kept' && !descends(head, before.commit, commits))
      commits = (await this.#succession(before, { head, objects })) ?? rewritten(this.ref);

    const tree = commits.get(head)?.tree ?? leftOut(head);
    const snapshot = snapshotOf({ commit: head, root: this.#cache.build(tree, known), quick: this.quick });
    for (const listener of this.commitListeners) listener(commits);
    return this.#moveTo(snapshot, moment, { objects });
  }

  async #succession(last: Before, fetched: FetchedRef & { head: Oid }): Promise<Commits | undefined> {
    const { transport, predecessorOf } = this.#options;
    if (!predecessorOf) return undefined;
    const build = this.#cache.build.bind(this.#cache);
    return commitsSince(last, fetched, { transport, predecessorOf, build, signal: this.#closed.signal });
  }

  /** What follows no history may be begun again; of any other, what was seen is kept, to know it by when it comes back. */
  #missing(): StoreError {
    if (this.#options.history !== 'kept') {
      this.#snapshot = undefined;
      this.#recalled = undefined;
    }
    return branchMissing(this, this.#options.history);
  }

  /** `objects`: all that the snapshot has and the one before had not. */
  #moveTo(snapshot: OwnSnapshot, moment: number, { objects }: Pick<FetchedRef, 'objects'>): Snapshot {
    const moved = snapshot.commit !== this.#snapshot?.commit;
    if (moved) this.#remember(snapshot, objects);
    this.#snapshot = snapshot;
    this.#confirmedAt = moment;
    if (!moved) return snapshot;

    this.#cache.settleOn(snapshot.root);
    for (const listener of this.#moveListeners) tell(listener, snapshot);
    return snapshot;
  }

  #remember(snapshot: OwnSnapshot, objects: readonly GitObject[]): void {
    if (this.#options.history === 'none') return;
    // Packs begin with the newest commits, and of those that were seen the newest are to be kept.
    for (const { oid, type } of objects.toReversed()) if (type === 'commit') this.#seen.add(oid);
    this.#seen.add(snapshot.commit);
    const before = this.#snapshot?.commit ?? this.#recalled?.snapshot?.commit;
    this.#options.local?.remember(this.ref, { before, snapshot, objects, seen: this.#seen });
    this.#recalled = undefined;
  }

  #inLane<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lane.then(work);
    this.#lane = turn.catch(() => undefined);
    return turn;
  }
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
