/**
 * When this process pushed to one remote, for all its threads: the last pushes in a ring, and how far the host made us slow
 * down. A thread takes a place in the ring by compare-and-swap, so two never spend the same push. Knows no rules.
 */
const PLACES = 512;
const HEADER = 3;
const [SCALE, SCALED_AT] = [1, 2];
const NEVER = Number.NEGATIVE_INFINITY;

export class PushMemory {
  readonly shared: SharedArrayBuffer;
  readonly #numbers: Float64Array;
  readonly #count: Int32Array;

  /** Times are those of a clock that reads the same in every thread. */
  constructor(shared?: SharedArrayBuffer) {
    this.shared = shared ?? new SharedArrayBuffer(8 * (HEADER + PLACES));
    this.#numbers = new Float64Array(this.shared);
    this.#count = new Int32Array(this.shared, 0, 1);
    if (shared) return;
    this.#numbers.fill(NEVER, HEADER);
    this.#numbers[SCALE] = 1;
  }

  /** The place that was taken, or undefined when `may` says no to what was pushed until now. */
  add(atMs: number, may: (pushes: readonly number[]) => boolean): number | undefined {
    for (;;) {
      const count = Atomics.load(this.#count, 0);
      if (!may(this.#timesBefore(count))) return undefined;
      const place = HEADER + (count % PLACES);
      this.#numbers[place] = atMs;
      if (Atomics.compareExchange(this.#count, 0, count, count + 1) === count) return place;
    }
  }

  /** It was granted earlier than it was made. */
  move(place: number, atMs: number): void {
    this.#numbers[place] = atMs;
  }

  /** There was nothing to push after all. */
  drop(place: number): void {
    this.#numbers[place] = NEVER;
  }

  /** Oldest first. */
  get times(): readonly number[] {
    return this.#timesBefore(Atomics.load(this.#count, 0));
  }

  /** Which share of its pushes the host let us have when it last complained, and when that was. */
  get slowed(): { readonly scale: number; readonly atMs: number } {
    return { scale: this.#numbers[SCALE] ?? 1, atMs: this.#numbers[SCALED_AT] ?? 0 };
  }

  slowDown(scale: number, atMs: number): void {
    this.#numbers[SCALE] = scale;
    this.#numbers[SCALED_AT] = atMs;
  }

  #timesBefore(count: number): number[] {
    const first = count % PLACES;
    const ring = [...this.#numbers.subarray(HEADER + first), ...this.#numbers.subarray(HEADER, HEADER + first)];
    return ring.filter((it) => it !== NEVER);
  }
}
