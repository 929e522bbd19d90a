/**
 * Wakes whoever waits when something changed. A waiter first reads `count`, then looks at the world, then waits for a ring
 * after that count: so a ring between its look and its wait is not missed.
 */
export class Bell {
  private rings = 0;
  private readonly waiting = new Set<() => void>();

  get count(): number {
    return this.rings;
  }

  ring(): void {
    this.rings++;
    for (const wake of [...this.waiting]) wake();
  }

  /** Until the bell rang after `since`, `ms` are over, or the signal is aborted: whichever comes first. */
  wait({ since, ms, signal }: { since: number; ms: number; signal?: AbortSignal }): Promise<void> {
    if (this.rings !== since || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      // Node runs a timer that is set for longer than 2^31 ms at once. Where nothing is left to wait, the timer still lets
      // others run first: a loop that finds its time over again and again would otherwise keep everybody from acting on it.
      const timer = setTimeout(wake, Math.min(ms, 2 ** 31 - 1));
      this.waiting.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }
}
