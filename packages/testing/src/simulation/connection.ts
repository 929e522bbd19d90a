/**
 * The way from one process to the remote. Requests go out, arrive, are done and answered, each at its time; what is under
 * way goes on when the process dies or is stopped. Every kind of fault that a network has is dealt out here.
 */
import {
  type FetchedRef,
  type FetchRequest,
  type Oid,
  type PushOutcome,
  type PushRequest,
  RemoteClock,
  StoreError,
  type Transport,
} from '@gityard/store';
import type { Life } from './life.ts';
import { EPOCH_MS } from './machine.ts';
import type { World } from './world.ts';

/** After so long without a byte a client gives up. */
const SILENCE_MS = 30_000;
const LATE_MS = 5 * 60_000;
const HINT = { hint: 'wait for the end of the fault' };

export class Connection implements Transport {
  readonly name = 'simulated';
  readonly #life: Life;
  readonly #world: World;
  readonly #clock: RemoteClock;

  constructor(world: World, life: Life) {
    this.#world = world;
    this.#life = life;
    this.#clock = new RemoteClock(life.ports.wallMs);
  }

  get aheadMs(): number {
    return this.#clock.aheadMs;
  }

  readRefs(prefixes: readonly string[], signal?: AbortSignal): Promise<Map<string, Oid>> {
    return this.#ask(() => this.#world.repository.transport.readRefs(prefixes), signal);
  }

  fetchRef({ signal, ...request }: FetchRequest): Promise<FetchedRef> {
    return this.#ask(() => this.#world.repository.transport.fetchRef(request), signal);
  }

  async push(request: PushRequest): Promise<PushOutcome> {
    const { signal } = request;
    signal?.throwIfAborted();
    await this.#life.step('before push');
    const hear = this.#clock.ask();
    const sent = this.#life.hears(this.#send(request, this.#life.ports.monotonicMs()));
    const outcome = await unlessAborted(sent, signal, (resolve) => resolve(unclear('it took too long')));
    if (outcome.kind === 'answered') hear(this.#date());
    await this.#life.step('after push');
    return outcome;
  }

  async close(): Promise<void> {
    // Nothing is held open.
  }

  async #ask<T>(read: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    signal?.throwIfAborted();
    await this.#life.step('before read');
    const hear = this.#clock.ask();
    const asked = this.#life.hears(this.#read(read));
    const answer = await unlessAborted(asked, signal, (_, reject) => reject(signal?.reason));
    hear(this.#date());
    await this.#life.step('after read');
    return answer;
  }

  async #read<T>(read: () => Promise<T>): Promise<T> {
    await this.#setOut();
    if (this.#world.swarm.strikes('silent')) await this.#fallSilent();
    const answer = await read();
    await this.#travel();
    if (!this.#isReached) throw unreachable();
    return answer;
  }

  async #send(request: PushRequest, atMs: number): Promise<PushOutcome> {
    const { swarm, repository, timeline, dice, pushes } = this.#world;
    await this.#setOut();
    pushes.sent(this.#life, atMs);
    if (swarm.strikes('drops')) return unclear('lost on the way');
    if (swarm.strikes('zombies')) {
      timeline.alarm(dice.about(LATE_MS), () => void repository.apply(request));
      return unclear('lost on the way, or so it seems');
    }
    const outcome = await repository.apply(request);
    if (swarm.strikes('doubles')) timeline.alarm(dice.about(LATE_MS), () => void repository.apply(request));
    if (swarm.strikes('silent')) await timeline.sleep(SILENCE_MS);
    else if (!swarm.strikes('lost-replies')) return this.#answered(outcome);
    return unclear('the reply was lost');
  }

  async #answered(outcome: PushOutcome): Promise<PushOutcome> {
    await this.#travel();
    return this.#isReached ? outcome : unclear('the connection broke');
  }

  /** Throws when the request does not arrive for certain. */
  async #setOut(): Promise<void> {
    await this.#travel();
    if (!this.#isReached || this.#world.swarm.strikes('errors')) throw unreachable();
    if (this.#world.weather.refuses) throw new StoreError('DENIED', 'the server answers 403', HINT);
  }

  async #travel(): Promise<void> {
    const { swarm, timeline, dice } = this.#world;
    await timeline.sleep(swarm.strikes('slow') ? dice.about(10_000) : dice.between(10, 80));
  }

  async #fallSilent(): Promise<never> {
    await this.#world.timeline.sleep(SILENCE_MS);
    throw new StoreError('TIMEOUT', 'the server does not answer', HINT);
  }

  get #isReached(): boolean {
    return this.#world.weather.reaches(this.#life.machine.name);
  }

  #date(): string {
    return new Date(EPOCH_MS + this.#world.timeline.nowMs).toUTCString();
  }
}

function unlessAborted<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  instead: (resolve: (value: T) => void, reject: (error: unknown) => void) => void,
): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = () => instead(resolve, reject);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

const unclear = (text: string): PushOutcome => ({ kind: 'unclear', cause: new Error(text) });

const unreachable = (): StoreError => new StoreError('REMOTE_UNREACHABLE', 'the remote cannot be reached', HINT);
