/** The commits that were seen to be part of a ref, the newest of them: what tells an old head from another history. */
import type { Oid } from './codec/oid.ts';

// Copies of one host lag by seconds, so what matters is recent.
const MOST = 200;

export class SeenHeads {
  readonly #oids: Set<Oid>;

  constructor(oids: Iterable<Oid> = []) {
    this.#oids = new Set(oids);
  }

  has(oid: Oid): boolean {
    return this.#oids.has(oid);
  }

  add(oid: Oid): void {
    this.#oids.delete(oid);
    this.#oids.add(oid);
    for (const oldest of this.#oids) {
      if (this.#oids.size <= MOST) return;
      this.#oids.delete(oldest);
    }
  }

  /** Oldest first. */
  list(): readonly Oid[] {
    return [...this.#oids];
  }
}
