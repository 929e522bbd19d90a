/**
 * How an agent is told to stop, from outside or from within, as two signals: drain (claim no more) and cancel (stop the
 * builds as well). Being cancelled is being drained, too.
 */
import type { AgentExit, AgentOptions } from './options.ts';

const LAST_WORDS_MS = 10_000;

export class Ending {
  private readonly within = new AbortController();
  private reason: AgentExit | undefined;
  readonly drain: AbortSignal;
  readonly cancel: AbortSignal;
  private readonly tooLate = new AbortController();
  /** Some time after cancel: what the remote has not answered by now is left as it is. */
  readonly giveUp: AbortSignal = this.tooLate.signal;

  constructor({ drain, cancel }: Pick<AgentOptions, 'drain' | 'cancel'>) {
    this.cancel = AbortSignal.any([cancel, this.within.signal]);
    this.drain = AbortSignal.any([drain, this.cancel]);
    const setTimer = () => setTimeout(() => this.tooLate.abort(), LAST_WORDS_MS).unref();
    if (this.cancel.aborted) setTimer();
    else this.cancel.addEventListener('abort', setTimer, { once: true });
  }

  /** Ends the daemon from within; the first reason stands. */
  end(exit: AgentExit): void {
    this.reason ??= exit;
    this.within.abort();
  }

  get exit(): AgentExit {
    return this.reason ?? { code: 0, reason: this.cancel.aborted ? 'stopped' : 'drained', error: null };
  }
}
