/** A clock that a spec moves: hours pass in a moment, and everything due happens in its order. */
import type { Clock } from '../worker/clock.ts';

interface Due {
  readonly at: number;
  readonly run: () => void;
}

export class VirtualClock implements Clock {
  #now: number;
  readonly #due = new Set<Due>();

  constructor(now: number) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly after = (ms: number, run: () => void): (() => void) => {
    const due = { at: this.#now + Math.max(0, ms), run };
    this.#due.add(due);
    return () => this.#due.delete(due);
  };

  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settled();
    for (;;) {
      const next = [...this.#due].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#due.delete(next);
      this.#now = next.at;
      next.run();
      await settled();
    }
    this.#now = until;
  }
}

/** What was started has gone as far as it can without time. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
