/** Takes operations in, and settles one group after the other for as long as any wait. Decides nothing itself. */

import type { Ticket } from './budget/ticket.ts';
import { StoreError } from './errors.ts';
import { type Committed, Group, type Member } from './group.ts';
import { settle } from './transact.ts';
import type { Transacting } from './transacting.ts';
import { WaitingLine } from './waiting-line.ts';

export interface PerformOptions {
  readonly signal?: AbortSignal | undefined;
  /** Lower goes first; equals in the order they came. */
  readonly priority?: number | undefined;
}

type Own = 'line' | 'closed' | 'ticket';

export interface TransactorOptions<Operation, Answer> extends Omit<Transacting<Operation, Answer>, Own> {
  readonly deadlineMs: number;
  readonly ticketFor: (urgency: () => number) => Ticket;
}

const ORDINARY = 5;

export class Transactor<Operation, Answer> {
  readonly #options: TransactorOptions<Operation, Answer>;
  readonly #line = new WaitingLine<Operation, Committed<Answer>>();
  readonly #closed = new AbortController();
  readonly #ticket: Ticket;
  #group: Group<Operation, Answer> | undefined;
  #running: Promise<void> | undefined;
  #resumeAtMs = 0;

  constructor(options: TransactorOptions<Operation, Answer>) {
    this.#options = options;
    this.#ticket = options.ticketFor(() => Math.min(this.#line.priority, this.#group?.priority ?? this.#line.priority));
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
    this.#ticket.changed();
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
    const { head, ports, pacing } = this.#options;
    if (!this.#ticket.isScarce) await this.#letOthersGo();
    await this.#takeTurn();
    const group = new Group<Operation, Answer>(head.ref, this.#next());
    this.#group = group;
    const context = { ...this.#options, ticket: this.#ticket, line: this.#line, closed: this.#closed.signal };
    // Whoever waited for the turn may have left meanwhile.
    if (group.members.length > 0) await settle(context, group);
    this.#group = undefined;
    this.#ticket.give();
    this.#resumeAtMs = ports.monotonicMs() + pacing.pauseMs();
  }

  /** Closing ends the wait; the group is told so by itself. */
  async #takeTurn(): Promise<void> {
    const { signal } = this.#closed;
    await this.#ticket.take(signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  /** Where pushes are scarce, the time of an operation begins with the push that it shares. */
  #next(): Member<Operation, Answer>[] {
    const { groupLimit, ports, deadlineMs } = this.#options;
    const members = this.#line.take(groupLimit);
    if (this.#ticket.isScarce) for (const it of members) it.deadlineMs = ports.monotonicMs() + deadlineMs;
    return members;
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
