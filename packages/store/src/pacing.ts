/**
 * How long to wait so that several writers get along. Collisions cost far more than bytes: a loser waits before it
 * looks again, never between looking and pushing. A winner alone knows the new head and would win for ever, so it lands
 * a few commits at one request each and then lets everybody have a turn who has not written since its last one. All of
 * it is measured in round-trips; a lone writer meets it after long streaks only.
 */
import type { Ports } from './ports.ts';

const FIRST_GUESS_MS = 50;
const LONGEST_MS = 5_000;
/** So many commits in a row while others want to write: each but the first saves its look. More make others wait long. */
const COMMITS_IN_A_TURN = 3;
/** In round-trips: a look and a push, and some room for those who come late. */
const LOOK_AND_PUSH = 2.2;
const TURN = LOOK_AND_PUSH + COMMITS_IN_A_TURN - 1;
/** Whoever has waited longest must not sleep through its turn, however often it lost. */
const LONGEST_BACK_OFF = 4;
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
  #commitsInTurn = 0;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  get isContended(): boolean {
    return this.#isRecent(this.#lostAtMs);
  }

  /** We wrote a moment ago and may write again: hardly anybody can have been faster than we are now. */
  get isOurTurn(): boolean {
    const isFresh = this.#ports.monotonicMs() - this.#wonAtMs < this.#roundTripMs;
    return isFresh && this.#commitsInTurn < COMMITS_IN_A_TURN;
  }

  beginTurn(): void {
    this.#commitsInTurn = 0;
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
    this.#commitsInTurn = 0;
  }

  won(): void {
    const nowMs = this.#ports.monotonicMs();
    const isBusy = nowMs - this.#wonAtMs < 2 * TURN * this.#roundTripMs;
    this.#streak = isBusy ? this.#streak + 1 : 1;
    this.#commitsInTurn += 1;
    this.#wonAtMs = nowMs;
  }

  /** Before looking again: spread wide so that losers of one race do not meet again, and longer out of turn. */
  backOffMs(losses: number): number {
    return this.#spread(LOOK_AND_PUSH * this.#rivalsBefore() + Math.min(2 ** (losses - 1), LONGEST_BACK_OFF) - 0.5);
  }

  /** Where nobody else is the cause, but a lock that stays or answers that get lost: time alone can help. */
  patienceMs(failures: number): number {
    return this.#spread(2 ** Math.min(failures, 20));
  }

  /** After a win: until all others had their turns. */
  pauseMs(): number {
    if (!this.isContended) return this.#streak % STREAK === 0 ? this.#spread(LOOK_AND_PUSH) : 0;
    if (this.isOurTurn) return 0;
    const roundTrips = TURN * Math.max(1, this.#rivalsBefore()) + 0.5 * (this.#ports.random() - 0.5);
    return Math.min(LONGEST_MS, this.#roundTripMs * roundTrips);
  }

  /** Those who have written lately, but not since we did. */
  #rivalsBefore(): number {
    let count = 0;
    for (const [name, seenAtMs] of this.#othersSeenAtMs) {
      if (!this.#isRecent(seenAtMs)) this.#othersSeenAtMs.delete(name);
      else if (seenAtMs < this.#wonAtMs) count += 1;
    }
    return count;
  }

  #isRecent(atMs: number): boolean {
    return this.#ports.monotonicMs() - atMs < MEMORY * this.#roundTripMs;
  }

  #spread(roundTrips: number): number {
    return Math.min(LONGEST_MS, this.#roundTripMs * roundTrips * (0.25 + 1.5 * this.#ports.random()));
  }
}
