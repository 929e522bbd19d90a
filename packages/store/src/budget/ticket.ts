/** A store's place in the line for pushes: it holds one turn at most, and uses it for one push. */
import assert from 'node:assert';

import type { PushOutcome, PushRequest, Transport } from '../transports/transport.ts';
import type { PushBudget } from './push-budget.ts';
import type { PushParty, Turn } from './turn.ts';

export interface TicketOptions {
  readonly budget: PushBudget;
  readonly transport: Transport;
  readonly urgency: () => number;
}

export class Ticket implements PushParty {
  readonly #options: TicketOptions;
  #turn: Turn | undefined;

  constructor(options: TicketOptions) {
    this.#options = options;
  }

  urgency(): number {
    return this.#options.urgency();
  }

  /** Whoever waits may have become more urgent. */
  changed(): void {
    this.#options.budget.changed();
  }

  /** Pushes are counted here, so a look at the remote is cheap beside them. */
  get isScarce(): boolean {
    return this.#options.budget.isLimited;
  }

  get isHeld(): boolean {
    return this.#turn !== undefined;
  }

  async take(signal: AbortSignal): Promise<void> {
    this.#turn ??= await this.#options.budget.turn(this, signal);
  }

  /** Undefined: nothing was sent. What rejects was not sent either, and the turn is still there. */
  readonly push = async (request: PushRequest): Promise<PushOutcome | undefined> => {
    assert(this.#turn, 'a push needs a turn');
    const outcome = await this.#turn.push(this, request, (it) => this.#options.transport.push(it));
    this.#turn = undefined;
    return outcome;
  };

  /** There is nothing to push any more. */
  give(): void {
    this.#turn?.leave(this);
    this.#turn = undefined;
  }
}
