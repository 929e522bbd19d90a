/**
 * How far the remote's clock is ahead of ours, by the `Date` of its answers (RFC 9110 §6.6.1). All who write to one
 * repository see this one clock, however wrong their own are.
 */

/** An answer that took longer tells too little. */
const WIDEST_MS = 5_000;
/** A difference below this is no difference: `Date` has whole seconds, and clocks that are kept agree better than it. */
const TOLERANCE_MS = 1_500;

export class RemoteClock {
  private readonly wallMs: () => number;
  private least = Number.NEGATIVE_INFINITY;
  private most = Number.POSITIVE_INFINITY;

  constructor(wallMs: () => number = Date.now) {
    this.wallMs = wallMs;
  }

  /** The truth lies between the two: 0 where that can be it, else the middle. */
  get aheadMs(): number {
    const { least, most } = this;
    return least <= TOLERANCE_MS && most >= -TOLERANCE_MS ? 0 : Math.round((least + most) / 2);
  }

  /** To be called as a request is sent; what it returns, with the `Date` of the answer. */
  ask(): (date: string | undefined) => void {
    const sentMs = this.wallMs();
    return (date) => {
      const receivedMs = this.wallMs();
      const saidMs = Date.parse(date ?? '');
      const tookMs = receivedMs - sentMs;
      // Our own clock may have been set meanwhile.
      if (Number.isNaN(saidMs) || tookMs < 0 || tookMs > WIDEST_MS) return;
      this.narrow(saidMs - receivedMs, saidMs + 1_000 - sentMs);
    };
  }

  /** Many answers know more than one. Where they contradict each other a clock was set, and the last one counts. */
  private narrow(least: number, most: number): void {
    const agrees = least <= this.most && most >= this.least;
    this.least = agrees ? Math.max(this.least, least) : least;
    this.most = agrees ? Math.min(this.most, most) : most;
  }
}
