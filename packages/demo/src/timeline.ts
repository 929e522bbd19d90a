/**
 * Time that passes only when nobody has anything left to do. Whoever waits is woken one by one in the order of time, and
 * all that follows from one waking is done before the next: so a run with the same seed is the same run. Knows no clocks
 * of machines, which may be wrong; this is the time that really is.
 */
interface Alarm {
  readonly atMs: number;
  ring(): void;
}

const MOST_AT_ONCE = 10_000;

export class Timeline {
  #nowMs = 0;
  #atOnce = 0;
  /** The next one last. */
  readonly #alarms: Alarm[] = [];

  get nowMs(): number {
    return this.#nowMs;
  }

  /** What it returns keeps the alarm from ringing. */
  alarm(ms: number, ring: () => void): () => void {
    const alarm = { atMs: this.#nowMs + Math.max(0, ms), ring };
    this.#alarms.splice(this.#placeOf(alarm), 0, alarm);
    return () => {
      const index = this.#alarms.indexOf(alarm);
      if (index >= 0) this.#alarms.splice(index, 1);
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.alarm(ms, resolve));
  }

  /** Until the fact is true, the time is over, or nobody waits for anything. Says whether the fact is true. */
  async runUntil(isTrue: () => boolean, { untilMs }: { untilMs: number }): Promise<boolean> {
    for (;;) {
      await drained();
      if (isTrue()) return true;
      const next = this.#alarms.at(-1);
      if (!next || next.atMs > untilMs) break;
      this.#alarms.pop();
      this.#pass(next.atMs);
      next.ring();
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
    return false;
  }

  #pass(toMs: number): void {
    this.#atOnce = toMs === this.#nowMs ? this.#atOnce + 1 : 0;
    if (this.#atOnce > MOST_AT_ONCE) throw new Error(`somebody runs in circles at ${toMs} ms without any time passing`);
    this.#nowMs = toMs;
  }

  #placeOf({ atMs }: Alarm): number {
    let [from, to] = [0, this.#alarms.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      // Among equals the newcomer rings last, and therefore lies first.
      if ((this.#alarms[middle]?.atMs ?? 0) > atMs) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

/** All promises that can go on have gone on: nothing but a timer may wake anybody. */
const drained = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
