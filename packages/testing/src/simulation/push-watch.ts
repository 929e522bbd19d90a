/**
 * Counts what agents send to the remote, where pushes are limited: in no minute may one process send more than all of them
 * have together. A minute of its own clock; and by life, for a process that died knows nothing of its pushes.
 */
import type { Life } from './life.ts';
import type { Violations } from './violations.ts';

const MINUTE_MS = 60_000;

export class PushWatch {
  readonly perMinute: number | null;
  readonly #violations: Violations;
  readonly #sentMs = new Map<Life, number[]>();

  constructor(perMinute: number | null, violations: Violations) {
    this.perMinute = perMinute;
    this.#violations = violations;
  }

  /** Of an agent. People are only asked to wait a little. */
  watch(life: Life): void {
    if (this.perMinute !== null && !this.#sentMs.has(life)) this.#sentMs.set(life, []);
  }

  /** A push that set out then has got through, or may have. */
  sent(life: Life, atMs: number): void {
    const times = this.#sentMs.get(life);
    if (!times) return;
    times.push(atMs);
    const count = times.filter((it) => it > atMs - MINUTE_MS && it <= atMs).length;
    if (count > (this.perMinute ?? count))
      this.#violations.add(
        'push-budget',
        `${life.machine.name} sent ${count} pushes in a minute that has ${this.perMinute}`,
      );
  }
}
