/**
 * What the threads of one agent know together of its beats: when the last one that came through was sent, the number of the
 * last one that was made, and how long the remote takes to answer. Both may beat; a main thread that was busy must find out
 * about its renewals at once.
 */
const [RENEWED, NUMBER, REMOTE] = [0, 1, 2];

export class BeatMemory {
  readonly shared: SharedArrayBuffer;
  private readonly values: BigInt64Array;

  constructor(shared = new SharedArrayBuffer(3 * BigInt64Array.BYTES_PER_ELEMENT)) {
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

  /** Null: nobody has asked it yet. */
  get remoteMs(): number | null {
    const microseconds = Number(Atomics.load(this.values, REMOTE));
    return microseconds === 0 ? null : Math.round(microseconds / 100) / 10;
  }

  remoteAnswered(ms: number): void {
    Atomics.store(this.values, REMOTE, BigInt(Math.max(1, Math.round(ms * 1000))));
  }

  nextNumber(): number {
    return Number(Atomics.add(this.values, NUMBER, 1n)) + 1;
  }
}
