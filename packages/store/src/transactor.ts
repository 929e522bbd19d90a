/** Takes operations in, and settles one group after the other for as long as any wait. Decides nothing itself. */
import { StoreError } from './errors.ts';
import type { Committed, Member } from './group.ts';
import { settle } from './transact.ts';
import type { Transacting } from './transacting.ts';
import { WaitingLine } from './waiting-line.ts';

export interface PerformOptions {
  readonly signal?: AbortSignal | undefined;
  /** Lower goes first; equals in the order they came. */
  readonly priority?: number | undefined;
}

export interface TransactorOptions<Operation, Answer> extends Omit<Transacting<Operation, Answer>, 'line' | 'closed'> {
  readonly deadlineMs: number;
}

const ORDINARY = 5;

export class Transactor<Operation, Answer> {
  readonly #options: TransactorOptions<Operation, Answer>;
  readonly #line = new WaitingLine<Operation, Committed<Answer>>();
  readonly #closed = new AbortController();
  #running: Promise<void> | undefined;
  #resumeAtMs = 0;

  constructor(options: TransactorOptions<Operation, Answer>) {
    this.#options = options;
  }

  async perform(operation: Operation, options: PerformOptions): Promise<Committed<Answer>> {
    const { signal } = options;
    signal?.throwIfAborted();
    this.#closed.signal.throwIfAborted();
    const { member, answered } = this.#admit(operation, options);
    const leave = () => {
      if (this.#line.remove(member)) member.reject(signal?.reason);
    };
    signal?.addEventListener('abort', leave, { once: true });
    return answered.finally(() => signal?.removeEventListener('abort', leave));
  }

  /** What is under way comes to its end; what has not begun is rejected. */
  async close(): Promise<void> {
    const { head } = this.#options;
    this.#closed.abort(new StoreError('TIMEOUT', `the store of ${head.ref} was closed`, { hint: 'open it again' }));
    await this.#running;
  }

  #admit(operation: Operation, { signal, priority = ORDINARY }: PerformOptions) {
    const { head, ports, deadlineMs } = this.#options;
    const { promise: answered, ...settling } = deferred<Committed<Answer>>();
    const arrival = { arrivedAt: head.nextMoment(), deadlineMs: ports.monotonicMs() + deadlineMs };
    const member: Member<Operation, Answer> = { operation, priority, signal, alone: false, ...arrival, ...settling };
    this.#line.add(member);
    this.#running ??= this.#run();
    return { member, answered };
  }

  async #run(): Promise<void> {
    // Operations that are handed in together share the first commit already.
    await Promise.resolve();
    try {
      while (this.#line.length > 0) await this.#settleNext();
    } finally {
      this.#running = undefined;
    }
  }

  async #settleNext(): Promise<void> {
    const { groupLimit, ports, pacing } = this.#options;
    await this.#letOthersGo();
    const members = this.#line.take(groupLimit);
    await settle({ ...this.#options, line: this.#line, closed: this.#closed.signal }, members);
    this.#resumeAtMs = ports.monotonicMs() + pacing.pauseMs();
  }

  async #letOthersGo(): Promise<void> {
    const { ports } = this.#options;
    const pauseMs = this.#resumeAtMs - ports.monotonicMs();
    // Closing ends the pause at once; the group is told so by itself.
    if (pauseMs > 0) await ports.sleep(pauseMs, this.#closed.signal).catch(() => undefined);
  }
}

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve: (value: T) => resolve(value), reject: (error: unknown) => reject(error) };
}
