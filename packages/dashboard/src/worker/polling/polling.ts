/**
 * Looks again and again while somebody watches, as often as the host's budget allows, and leaves a host alone that fails.
 *
 *     resting ──start──▶ waiting ──time is up──▶ looking ──▶ waiting …
 *        ◀──────stop─────────┘
 *
 * It knows no snapshot; what a look brings is the affair of whoever passed it in.
 */
import type { Clock } from '../clock.ts';
import type { Budget, Failure } from '../protocol.ts';
import { backOffMs } from './back-off.ts';
import { intervalMs, isUsedUp, sharersAfter } from './interval.ts';

/** Pages that wait for the same hour to end do not all come at once. */
const SPREAD_MS = 5_000;

export interface PollingParts {
  readonly clock: Clock;
  readonly random: () => number;
  /** Never rejects. null: it brought what was asked. */
  readonly look: () => Promise<Failure | null>;
  /** What is left now, by the newest answer of any request. */
  readonly budget: () => Budget | null;
  /** How far the host's clock is ahead of ours. */
  readonly skewMs: () => number;
  readonly onPlan: (nextLookAt: number | null) => void;
}

export class Polling {
  readonly #parts: PollingParts;
  #isOn = false;
  #lookedAt: number | null = null;
  #watchedSince = 0;
  #looking: Promise<void> | undefined;
  /** What was left after the last look, and how many seem to share it. */
  #left: Budget | null = null;
  #sharers = 1;
  #failure: Failure | null = null;
  #failures = 0;
  #failedAt = 0;
  #callOff: () => void = () => undefined;

  constructor(parts: PollingParts) {
    this.#parts = parts;
  }

  /** `lookedAt`: when somebody looked last, here or in another tab. */
  start(lookedAt: number | null): void {
    this.#isOn = true;
    this.#lookedAt = Math.max(this.#lookedAt ?? 0, lookedAt ?? 0) || null;
    this.attend();
  }

  stop(): void {
    this.#isOn = false;
    this.#callOff();
    this.#parts.onPlan(null);
  }

  /** Another budget, or other rights: what was before says nothing any more. */
  beginAnew(): void {
    this.#lookedAt = null;
    this.#failure = null;
    this.#failures = 0;
    this.#left = null;
    this.#sharers = 1;
    this.#looking = undefined;
  }

  /** Somebody has come to look. */
  attend(): void {
    this.#watchedSince = this.#parts.clock.now();
    if (this.#isOn && !this.#looking) this.#plan();
  }

  /** A person asks for it: what they are shown is then as new as can be. */
  now(): Promise<void> {
    this.#callOff();
    this.#looking ??= this.#look();
    return this.#looking;
  }

  #look(): Promise<void> {
    const looking: Promise<void> = this.#parts.look().then((failure) => {
      // What began before all began anew says nothing any more.
      if (this.#looking !== looking) return;
      this.#looking = undefined;
      this.#note(failure);
      if (this.#isOn) this.#plan();
    });
    return looking;
  }

  #note(failure: Failure | null): void {
    this.#failure = failure;
    this.#failures = failure === null ? 0 : this.#failures + 1;
    const now = this.#parts.clock.now();
    if (failure !== null) {
      this.#failedAt = now;
      return;
    }
    this.#lookedAt = now;
    const left = this.#parts.budget();
    this.#sharers = sharersAfter(this.#sharers, { before: this.#left, after: left });
    this.#left = left;
  }

  #plan(): void {
    const { clock, onPlan } = this.#parts;
    this.#callOff();
    const now = clock.now();
    const next = Math.max(this.#nextAt(now), now);
    onPlan(next);
    this.#callOff = clock.after(next - now, () => void this.now());
  }

  #nextAt(now: number): number {
    const { budget, random, skewMs } = this.#parts;
    if (this.#failure !== null) {
      const failedAt = this.#failedAt + skewMs();
      return this.#failedAt + backOffMs(this.#failure, { failures: this.#failures, now: failedAt, random });
    }
    // A clock that was set back since says nothing of how long ago that was.
    if (this.#lookedAt === null || this.#lookedAt > now) return now;
    const watchedMs = now - this.#watchedSince;
    const watching = { budget: budget(), now: this.#lookedAt + skewMs(), watchedMs, sharers: this.#sharers };
    const spreadMs = isUsedUp(watching.budget, watching.now) ? random() * SPREAD_MS : 0;
    return this.#lookedAt + intervalMs(watching) + spreadMs;
  }
}
