/**
 * A remote that is a value in this process, for specs and simulations: the same promises as Git's, no IO, and faults
 * on request. It checks what is pushed as strictly as Git would, so that a wrong commit is found here first.
 */
import { type GitObject, makeObject } from '../codec/object.ts';
import type { Oid } from '../codec/oid.ts';
import type { PackEntry } from '../codec/pack-writer.ts';
import { StoreError } from '../errors.ts';
import { type Ports, systemPorts } from '../ports.ts';
import { linksOf, reachable } from './reachable.ts';
import type {
  FetchedRef,
  FetchRequest,
  PushOutcome,
  PushRequest,
  RefAnswer,
  RefUpdate,
  Transport,
} from './transport.ts';

/**
 * lose-reply: done, but the answer is lost · drop: lost on the way, never done · zombie: seems lost, and is done when
 * `releaseZombies` is called · unreachable: never sent.
 */
export type MemoryFault = 'lose-reply' | 'drop' | 'zombie' | 'unreachable';

export interface MemoryRemoteOptions {
  /** Between a request and its arrival, and once more before the answer. */
  readonly latencyMs?: number;
  readonly ports?: Ports;
}

export class MemoryRemote {
  readonly refs = new Map<string, Oid>();
  readonly objects = new Map<Oid, GitObject>();
  readonly counters = { pushes: 0, fetches: 0 };
  readonly faults: {
    /** Meets the next push, once. */
    next?: MemoryFault | undefined;
    /** Meets every push that it names a fault for; they are numbered from 1. */
    plan?: ((push: number) => MemoryFault | undefined) | undefined;
    /** What a hook says to every push that it declines, or to those it looks at. */
    declines?: string | ((request: PushRequest) => string | undefined) | undefined;
    /** Meets every read. */
    reads?: 'unreachable' | undefined;
  } = {};
  readonly #options: Required<MemoryRemoteOptions>;
  #zombies: PushRequest[] = [];

  constructor({ latencyMs = 0, ports = systemPorts }: MemoryRemoteOptions = {}) {
    this.#options = { latencyMs, ports };
  }

  transport(): Transport {
    return new MemoryTransport(this);
  }

  /** What was thought lost arrives after all. */
  releaseZombies(): void {
    for (const request of this.#zombies.splice(0)) this.#apply(request);
  }

  async read<T>(answer: () => T): Promise<T> {
    if (this.faults.reads === 'unreachable') throw unreachable();
    await this.#travel();
    const result = answer();
    await this.#travel();
    return result;
  }

  async push(request: PushRequest): Promise<PushOutcome> {
    this.counters.pushes += 1;
    const fault = this.faults.next ?? this.faults.plan?.(this.counters.pushes);
    this.faults.next = undefined;
    if (fault === 'unreachable') throw unreachable();

    await this.#travel();
    const outcome = this.#meet(fault, request);
    await this.#travel();
    return outcome;
  }

  #meet(fault: MemoryFault | undefined, request: PushRequest): PushOutcome {
    const { declines } = this.faults;
    const words = typeof declines === 'function' ? declines(request) : declines;
    if (words !== undefined) return allRefused(request, `pre-receive hook declined: ${words}`);
    if (fault === 'zombie') this.#zombies.push(request);
    if (fault === 'drop' || fault === 'zombie') return unclear();

    const outcome = this.#apply(request);
    return fault === 'lose-reply' ? unclear() : outcome;
  }

  #apply(request: PushRequest): PushOutcome {
    const offered = new Map(request.objects.map((it) => [it.oid, it]));
    const problem = this.#problemOf(request, offered);
    if (problem) return allRefused(request, problem);
    for (const { oid, type, body } of request.objects) this.objects.set(oid, { oid, type, body });
    return { kind: 'answered', refs: new Map(request.updates.map((it) => [it.ref, this.#update(it)])) };
  }

  /** As Git does: objects are what their names say, differences have a base, and nothing that is named is missing. */
  #problemOf({ updates }: PushRequest, offered: ReadonlyMap<Oid, PackEntry>): string | undefined {
    const missing = (oid: Oid) => !offered.has(oid) && !this.objects.has(oid);
    for (const entry of offered.values()) {
      if (makeObject(entry.type, entry.body).oid !== entry.oid) return 'the server could not unpack: object corrupt';
      if (entry.base && !this.objects.has(entry.base.oid)) return 'the server could not unpack: unresolved delta';
      if (linksOf(entry).some(missing)) return 'missing necessary objects';
    }
    return updates.some(({ next }) => next !== null && missing(next)) ? 'missing necessary objects' : undefined;
  }

  #update({ ref, expected, next }: RefUpdate): RefAnswer {
    if ((this.refs.get(ref) ?? null) !== expected)
      return { ok: false, sort: 'conflict', reason: 'failed to update ref' };
    if (next === null) this.refs.delete(ref);
    else this.refs.set(ref, next);
    return { ok: true };
  }

  async #travel(): Promise<void> {
    const { latencyMs, ports } = this.#options;
    if (latencyMs > 0) await ports.sleep(latencyMs * (0.75 + ports.random() / 2));
  }
}

export class MemoryTransport implements Transport {
  readonly name = 'memory';
  readonly #remote: MemoryRemote;

  constructor(remote: MemoryRemote) {
    this.#remote = remote;
  }

  readRefs(prefixes: readonly string[], signal?: AbortSignal): Promise<Map<string, Oid>> {
    signal?.throwIfAborted();
    const wanted = (ref: string) => prefixes.some((prefix) => ref.startsWith(prefix));
    return this.#remote.read(() => new Map([...this.#remote.refs].filter(([ref]) => wanted(ref))));
  }

  async fetchRef({ ref, have, depth, signal }: FetchRequest): Promise<FetchedRef> {
    signal?.throwIfAborted();
    const { objects, refs, counters } = this.#remote;
    counters.fetches += 1;
    return this.#remote.read(() => {
      const head = refs.get(ref) ?? null;
      return { head, objects: head === null ? [] : reachable(objects, { from: head, have, depth }) };
    });
  }

  async push(request: PushRequest): Promise<PushOutcome> {
    request.signal?.throwIfAborted();
    return this.#remote.push(request);
  }

  async close(): Promise<void> {
    // Nothing is held open.
  }
}

function allRefused({ updates }: PushRequest, reason: string): PushOutcome {
  return { kind: 'answered', refs: new Map(updates.map(({ ref }) => [ref, { ok: false, sort: 'refused', reason }])) };
}

function unclear(): PushOutcome {
  return { kind: 'unclear', cause: new Error('the connection broke before the answer came') };
}

function unreachable(): StoreError {
  return new StoreError('REMOTE_UNREACHABLE', 'memory cannot be reached', { hint: 'switch the fault off' });
}
