/**
 * Whether the remote may be asked at all, for everybody in this process. A host that said "wait" is left alone for as long;
 * one that denied us gets one look in half a minute, whatever number of loops would like to know, and no pushes until a look
 * went well. What is turned away here is answered from memory, with the time when asking makes sense again.
 */
import { StoreError, type StoreErrorCode } from '../errors.ts';
import { type Ports, systemPorts } from '../ports.ts';

export interface Admission {
  readonly push: boolean;
  readonly atMs: number;
  /** The one look that finds out, for all others, whether we are let in again. */
  readonly probe: boolean;
}

export interface Contact {
  /** Of our own calendar; null before the remote ever answered. */
  readonly lastMs: number | null;
  /** How the last request failed; undefined when it went well. */
  readonly trouble: StoreErrorCode | undefined;
}

export interface GateOptions {
  readonly name: string;
  readonly ports?: Ports | undefined;
  /** Of another gate to the same remote in this process. */
  readonly shared?: SharedArrayBuffer | undefined;
  /** The host asked us to slow down. */
  readonly onThrottled?: (() => void) | undefined;
}

/** Two looks a minute: found out soon after it was mended, and no host minds. */
const LOOK_EVERY_MS = 30_000;
/** Several were under way when the first was denied: those were enough for a minute. */
const AFTER_A_CROWD_MS = 60_000;
/** A token that may read, but not push, stays one for long; a repository that is not there may be back as soon as it was moved. */
const PUSH_EVERY_MS = { DENIED: 5 * 60_000, REMOTE_INVALID: LOOK_EVERY_MS } as const;
const [SHORTEST_WAIT_MS, LONGEST_WAIT_MS] = [1_000, 60 * 60_000];

const CODES: readonly StoreErrorCode[] = ['DENIED', 'REMOTE_INVALID', 'RATE_LIMITED', 'REMOTE_UNREACHABLE', 'TIMEOUT'];
/** The numbers that threads share: when looks and pushes may be made again, when each was decided, and what is known. */
const [LOOKS, PUSHES, LOOKS_CLOSED, PUSHES_CLOSED, TROUBLE, CONTACT] = [0, 1, 2, 3, 4, 5];
const NUMBERS = 6;
const OPEN = 0;

export class Gate {
  readonly shared: SharedArrayBuffer;
  readonly #options: GateOptions;
  readonly #ports: Ports;
  readonly #numbers: Float64Array;
  /** What this thread heard itself: the text is not shared. */
  #heard: StoreError | undefined;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#ports = options.ports ?? systemPorts;
    this.shared = options.shared ?? new SharedArrayBuffer(8 * NUMBERS);
    this.#numbers = new Float64Array(this.shared);
  }

  get contact(): Contact {
    return { lastMs: this.#get(CONTACT) || null, trouble: CODES[this.#get(TROUBLE) - 1] };
  }

  /** Throws what the remote would say, when it is not to be asked now. */
  admit(kind: 'look' | 'push'): Admission {
    const push = kind === 'push';
    const atMs = this.#ports.monotonicMs();
    const looks = this.#get(LOOKS);
    const closed = looks !== OPEN && this.contact.trouble !== 'RATE_LIMITED';
    // A push is no way to find out, unless it is all that this process ever does.
    const looksFirst = push && closed ? looks + LOOK_EVERY_MS : looks;
    const untilMs = Math.max(looksFirst, push ? this.#get(PUSHES) : 0);
    if (atMs < untilMs) throw this.#fromMemory(untilMs - atMs);
    // The first who comes is the one who looks; all others wait for what it finds.
    if (closed) this.#set(LOOKS, atMs + LOOK_EVERY_MS);
    return { push, atMs, probe: closed };
  }

  passed({ push, atMs, probe }: Admission): void {
    this.#set(CONTACT, this.#ports.wallMs());
    // An answer to what was asked before we were turned away says nothing about now.
    if (atMs < this.#closedMs(push)) return;
    this.#set(LOOKS, OPEN);
    if (push || probe) this.#set(PUSHES, OPEN);
    if (this.#get(PUSHES) === OPEN) this.#set(TROUBLE, 0);
  }

  /** What to tell whoever asked: the same, with the time when asking again makes sense. */
  failed({ push, atMs, probe }: Admission, error: unknown): unknown {
    if (!(error instanceof StoreError) || !CODES.includes(error.code)) return error;
    if (atMs < this.#closedMs(push)) return this.#late(error, push);
    this.#heard = error;
    this.#set(TROUBLE, CODES.indexOf(error.code) + 1);
    if (error.code === 'RATE_LIMITED') return this.#close(error, { push: false, forMs: bounded(error.retryAfterMs) });
    if (error.code === 'DENIED' || error.code === 'REMOTE_INVALID')
      return this.#close(error, { push, forMs: push ? PUSH_EVERY_MS[error.code] : this.#untilNextLookMs(probe) });
    // A remote that is away minds no questions; how often they are worth asking, whoever asks knows best.
    this.#set(LOOKS, OPEN);
    return error;
  }

  /** A look that was under way when a push was denied is no late one: it is the first to find out that looks are denied too. */
  #closedMs(push: boolean): number {
    return Math.max(this.#get(LOOKS_CLOSED), push ? this.#get(PUSHES_CLOSED) : OPEN);
  }

  /** Asked for before the gate was closed, and turned away as well: that is no news, but there is a time to come again. */
  #late(error: StoreError, push: boolean): StoreError {
    const { trouble } = this.contact;
    // Others were let in since.
    if (trouble === undefined) return again(error, bounded(error.retryAfterMs));
    const untilMs = Math.max(this.#get(LOOKS), push ? this.#get(PUSHES) : OPEN);
    const leftMs = untilMs - this.#ports.monotonicMs();
    return error.code === trouble && leftMs > 0 ? again(error, leftMs) : error;
  }

  #untilNextLookMs(probe: boolean): number {
    const isCrowd = !probe && this.#get(LOOKS) > this.#ports.monotonicMs();
    return isCrowd ? AFTER_A_CROWD_MS : LOOK_EVERY_MS;
  }

  #close(error: StoreError, { push, forMs }: { push: boolean; forMs: number }): StoreError {
    const nowMs = this.#ports.monotonicMs();
    this.#set(push ? PUSHES : LOOKS, nowMs + forMs);
    this.#set(push ? PUSHES_CLOSED : LOOKS_CLOSED, nowMs);
    if (error.code === 'RATE_LIMITED') this.#options.onThrottled?.();
    return again(error, forMs);
  }

  #fromMemory(retryAfterMs: number): StoreError {
    const code = this.contact.trouble ?? 'REMOTE_INVALID';
    if (this.#heard?.code === code) return again(this.#heard, retryAfterMs);
    return new StoreError(code, `${this.#options.name}: it turned us away a moment ago`, {
      hint: 'the other lines of this program tell more',
      retryAfterMs,
    });
  }

  #get(index: number): number {
    return this.#numbers[index] ?? 0;
  }

  #set(index: number, value: number): void {
    this.#numbers[index] = value;
  }
}

function bounded(retryAfterMs = SHORTEST_WAIT_MS): number {
  return Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, retryAfterMs));
}

function again({ code, message, hint, cause, mayHaveLanded }: StoreError, retryAfterMs: number): StoreError {
  return new StoreError(code, message, { hint, cause, mayHaveLanded, retryAfterMs });
}
