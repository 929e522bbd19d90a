/** Wakes the loops of one process when something changed; as the agent's own, on the clock of the simulation. */
import type { Ports } from '@gityard/store';

export class Bell {
  readonly #ports: Ports;
  readonly #waiting = new Set<() => void>();
  #rings = 0;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  get count(): number {
    return this.#rings;
  }

  ring(): void {
    this.#rings++;
    for (const wake of [...this.#waiting]) wake();
  }

  /** Until it rang after `since`, the time is over or the signal is aborted. */
  wait({ since, ms, signal }: { since: number; ms: number; signal?: AbortSignal }): Promise<void> {
    if (this.#rings !== since || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        disarm();
        this.#waiting.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const disarm = this.#ports.alarm(ms, wake);
      this.#waiting.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }
}
