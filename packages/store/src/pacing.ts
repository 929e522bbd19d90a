/**
 * How long to wait so that several writers get along. Collisions cost far more than bytes: a loser waits before it
 * looks again, never between looking and pushing, and a winner lets the others have a turn, because it alone knows the
 * new head and would win for ever. All of it is measured in round-trips; a lone writer meets it after long streaks only.
 */
import type { Ports } from './ports.ts';

const FIRST_GUESS_MS = 50;
const LONGEST_MS = 5_000;
/** A turn is a look and a push, and some room for those who miss theirs. */
const TURN = 2.5;
/** So many round-trips after their last sign, others are thought to be gone. */
const MEMORY = 120;
/** A loser cannot be heard by the winner. So whoever wins this often without a break makes one, in case. */
const STREAK = 32;

export class Pacing {
  readonly #ports: Ports;
  #roundTripMs = FIRST_GUESS_MS;
  readonly #othersSeenAtMs = new Map<string, number>();
  #lostAtMs = Number.NEGATIVE_INFINITY;
  #wonAtMs = Number.NEGATIVE_INFINITY;
  #streak = 0;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  get isContended(): boolean {
    return this.#isRecent(this.#lostAtMs);
  }

  measured(roundTripMs: number): void {
    this.#roundTripMs += (roundTripMs - this.#roundTripMs) / 4;
  }

  sawOthers(names: readonly string[]): void {
    const nowMs = this.#ports.monotonicMs();
    for (const name of names) this.#othersSeenAtMs.set(name, nowMs);
    // Who is in the middle of a contest counts on it going on while others write.
    if (this.isContended && names.length > 0) this.#lostAtMs = nowMs;
  }

  lost(): void {
    this.#lostAtMs = this.#ports.monotonicMs();
  }

  won(): void {
    const nowMs = this.#ports.monotonicMs();
    const isBusy = nowMs - this.#wonAtMs < 2 * TURN * this.#roundTripMs;
    this.#streak = isBusy ? this.#streak + 1 : 1;
    this.#wonAtMs = nowMs;
  }

  /** Before looking again: grows with each loss, spread wide so that losers of one race do not meet again. */
  backOffMs(losses: number): number {
    return this.#spread(Math.min(2 ** (losses - 1), TURN * this.#rivals()));
  }

  /** Where nobody else is the cause, but a lock that stays or answers that get lost: time alone can help. */
  patienceMs(failures: number): number {
    return this.#spread(2 ** Math.min(failures, 20));
  }

  /** After a win: about the time that the others need for theirs. */
  pauseMs(): number {
    if (this.isContended) return this.#spread(TURN * this.#rivals());
    return this.#streak % STREAK === 0 ? this.#spread(TURN) : 0;
  }

  #rivals(): number {
    for (const [name, seenAtMs] of this.#othersSeenAtMs) {
      if (!this.#isRecent(seenAtMs)) this.#othersSeenAtMs.delete(name);
    }
    return Math.max(1, this.#othersSeenAtMs.size);
  }

  #isRecent(atMs: number): boolean {
    return this.#ports.monotonicMs() - atMs < MEMORY * this.#roundTripMs;
  }

  #spread(roundTrips: number): number {
    return Math.min(LONGEST_MS, this.#roundTripMs * roundTrips * (0.25 + 1.5 * this.#ports.random()));
  }
}
