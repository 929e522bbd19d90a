/** A clock that a spec moves: hours pass in a moment, and everything due happens in its order. */
import type { Clock } from '../worker/clock.ts';

interface Due {
  readonly at: number;
  readonly run: () => void;
}

export class VirtualClock implements Clock {
  #now: number;
  readonly #due = new Set<Due>();
  readonly #isIdle: () => boolean;

  /** `isIdle`: nothing is under way that only real time can end, such as a request to a pretended host. */
  constructor(now: number, isIdle: () => boolean = () => true) {
    this.#now = now;
    this.#isIdle = isIdle;
  }

  readonly now = (): number => this.#now;

  readonly after = (ms: number, run: () => void): (() => void) => {
    const due = { at: this.#now + Math.max(0, ms), run };
    this.#due.add(due);
    return () => this.#due.delete(due);
  };

  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    await this.#settled();
    for (;;) {
      const next = [...this.#due].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#due.delete(next);
      this.#now = next.at;
      next.run();
      await this.#settled();
    }
    this.#now = until;
  }

  /** What was started has gone as far as it can without time. */
  async #settled(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve));
    while (!this.#isIdle());
  }
}
