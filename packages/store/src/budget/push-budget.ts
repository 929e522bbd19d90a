/**
 * Which pushes may go now, for all stores of one yard: the most urgent first, and never more than the budget of the remote.
 * A push is granted before it is decided what it holds, so that whatever comes up until then shares it. Without a budget
 * everybody has a turn of their own at once. Other threads are met in the shared memory alone.
 */
import { type Ports, systemPorts } from '../ports.ts';
import { type Allowance, halved, scaleNow, usedIn, waitMs } from './allowance.ts';
import { PushMemory } from './push-memory.ts';
import { AT_ONCE, type PushParty, RIDES, Turn } from './turn.ts';

/** A shorter wait is not worth a word. */
const WORTH_TELLING_MS = 1_000;
const APART_MS = 3_000;
/** Agreement (claims, locks) comes first, and may use what is kept in reserve. */
const MOST_URGENT = 0;

export interface PushBudgetOptions {
  readonly ports?: Ports | undefined;
  /** Of another budget for the same remote in this process. */
  readonly shared?: SharedArrayBuffer | undefined;
  /** Who waited so long goes without asking: for people, who come seldom. */
  readonly patienceMs?: number | undefined;
  /** Told once for every push that has to wait. */
  readonly onWait?: ((perMinute: number) => void) | undefined;
}

export interface PushUse {
  /** null: no budget. */
  readonly perMinute: number | null;
  readonly used: number;
  readonly left: number | null;
}

interface Waiting {
  readonly party: PushParty;
  readonly sinceMs: number;
  readonly resolve: (turn: Turn) => void;
  told: boolean;
}

export class PushBudget {
  readonly #options: PushBudgetOptions;
  readonly #ports: Ports;
  readonly #memory: PushMemory;
  #allowance: Allowance | null = null;
  #waiting: Waiting[] = [];
  #serving = false;
  #nap = new AbortController();

  constructor(options: PushBudgetOptions = {}) {
    this.#options = options;
    this.#ports = options.ports ?? systemPorts;
    this.#memory = new PushMemory(options.shared);
  }

  get shared(): SharedArrayBuffer {
    return this.#memory.shared;
  }

  /** null: as many as one likes. */
  set allowance(allowance: Allowance | null) {
    this.#allowance = allowance;
    this.changed();
  }

  get isLimited(): boolean {
    return this.#allowance !== null;
  }

  get use(): PushUse {
    const used = usedIn(this.#memory.times, this.#ports.monotonicMs());
    const perMinute = this.#allowance?.perMinute ?? null;
    return { perMinute, used, left: perMinute === null ? null : Math.max(0, perMinute - used) };
  }

  /** How long what is not urgent would have to wait now; 0 without a budget. */
  get nextInMs(): number {
    return this.#untilAllowedMs(this.#memory.times, false);
  }

  /** The host complained: half as many from now on, until it has been quiet for a while. */
  slowDown(): void {
    const nowMs = this.#ports.monotonicMs();
    this.#memory.slowDown(halved(scaleNow(this.#memory.slowed, nowMs)), nowMs);
  }

  /** Whoever is the most urgent of those who wait goes now, whatever the budget says, and takes the others along. */
  letGo(): void {
    const next = this.#mostUrgent();
    if (next) this.#grant(next, this.#waiting, { anyway: true });
  }

  /** Rejects with the signal's reason when it fires first. */
  turn(party: PushParty, signal: AbortSignal): Promise<Turn> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting = this.#waiting.filter((it) => it !== waiting);
        this.changed();
        reject(signal.reason);
      };
      const granted = (turn: Turn) => {
        signal.removeEventListener('abort', leave);
        resolve(turn);
      };
      const waiting: Waiting = { party, sinceMs: this.#ports.monotonicMs(), resolve: granted, told: false };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiting);
      this.changed();
    });
  }

  /** Somebody came, or became more urgent. */
  changed(): void {
    this.#nap.abort();
    if (!this.isLimited) this.#letAllGo();
    else if (!this.#serving) void this.#serve();
  }

  #letAllGo(): void {
    for (const waiting of this.#waiting) if (waiting.party.urgency() !== RIDES) this.#grant(waiting, []);
  }

  async #serve(): Promise<void> {
    this.#serving = true;
    try {
      for (;;) {
        // What is handed in together shall go together.
        await this.#ports.sleep(0);
        const next = this.isLimited ? this.#mostUrgent() : undefined;
        if (!next) return;
        const ms = this.#waitMs(next);
        if (ms > 0) await this.#rest(next, ms);
        else this.#grant(next, this.#waiting);
      }
    } finally {
      this.#serving = false;
    }
  }

  #mostUrgent(): Waiting | undefined {
    const [first, ...others] = this.#waiting.filter((it) => it.party.urgency() !== RIDES);
    return others.reduce((best, it) => (best && it.party.urgency() < best.party.urgency() ? it : best), first);
  }

  #waitMs({ party, sinceMs }: Waiting, pushes = this.#memory.times): number {
    if (party.urgency() <= AT_ONCE) return 0;
    const ms = this.#untilAllowedMs(pushes, party.urgency() <= MOST_URGENT);
    const { patienceMs } = this.#options;
    return patienceMs === undefined ? ms : Math.min(ms, sinceMs + patienceMs - this.#ports.monotonicMs());
  }

  #untilAllowedMs(pushes: readonly number[], urgent: boolean): number {
    if (!this.#allowance) return 0;
    const nowMs = this.#ports.monotonicMs();
    const { perMinute, share } = this.#allowance;
    const allowance = { perMinute: perMinute * scaleNow(this.#memory.slowed, nowMs), share };
    return waitMs(pushes, allowance, { nowMs, urgent });
  }

  async #rest(waiting: Waiting, ms: number): Promise<void> {
    if (ms >= WORTH_TELLING_MS && !waiting.told) {
      waiting.told = true;
      this.#options.onWait?.(this.#allowance?.perMinute ?? 0);
    }
    this.#nap = new AbortController();
    const { signal } = this.#nap;
    // Agents that were started together would meet again and again, and all but one of them push in vain.
    const apartMs = ms >= WORTH_TELLING_MS ? APART_MS * this.#ports.random() : 0;
    await this.#ports.sleep(ms + apartMs, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  /** Guests pay nothing: they share the host's push. */
  #grant(host: Waiting, all: readonly Waiting[], { anyway = false } = {}): void {
    const nowMs = this.#ports.monotonicMs();
    const place = this.#memory.add(nowMs, (pushes) => anyway || this.#waitMs(host, pushes) <= 0);
    // Another thread was quicker.
    if (place === undefined) return;
    const guests = all.filter((it) => it !== host);
    this.#waiting = this.#waiting.filter((it) => it !== host && !guests.includes(it));
    const turn = new Turn({
      host: host.party,
      guests: guests.map((it) => it.party),
      ports: this.#ports,
      sent: () => this.#memory.move(place, this.#ports.monotonicMs()),
      spendAgain: () => void this.#memory.add(this.#ports.monotonicMs(), () => true),
      unused: () => this.#memory.drop(place),
    });
    for (const waiting of [host, ...guests]) waiting.resolve(turn);
  }
}
