/**
 * What the threads of one agent know together of its beats: when the last one that came through was sent, and the number of
 * the last one that was made. Both may beat; a main thread that was busy must find out about its renewals at once.
 */
const [RENEWED, NUMBER] = [0, 1];

export class BeatMemory {
  readonly shared: SharedArrayBuffer;
  private readonly values: BigInt64Array;

  constructor(shared = new SharedArrayBuffer(2 * BigInt64Array.BYTES_PER_ELEMENT)) {
    this.shared = shared;
    this.values = new BigInt64Array(shared);
  }

  /** Monotonic nanoseconds, the same in every thread. */
  get renewedNs(): bigint {
    return Atomics.load(this.values, RENEWED);
  }

  /** An older beat may be acknowledged after a newer one. */
  renewed(sentNs: bigint): void {
    if (sentNs > this.renewedNs) Atomics.store(this.values, RENEWED, sentNs);
  }

  nextNumber(): number {
    return Number(Atomics.add(this.values, NUMBER, 1n)) + 1;
  }
}
