/**
 * The holder's side of the lease: every acknowledged beat renews it, and a holder that could not renew for two thirds of it
 * stops its builds, well before anyone may take them over (at 1.25). Counts from when a beat was sent, on our own monotonic
 * clock: the remote saw it no earlier than that.
 */
import { effectiveLeaseMs, type Heartbeat, promisedIntervalMs, type YardConfig } from '@gityard/domain';
import { BeatMemory } from './beat-memory.ts';
import { monotonicMs } from './pause.ts';
import { keyOf } from './status-board.ts';

const HOLDER_SHARE = 2 / 3;
const LONGEST_REST_MS = 60 * 60_000;

export class Lease {
  /** The heartbeat's thread writes here, too. */
  readonly memory = new BeatMemory();
  private readonly riders = new Set<(heartbeat: Heartbeat) => void>();
  private last: Heartbeat | undefined;
  private proven = new Set<string>();
  /** Claims in a row that were given back because no beat that names them came through. */
  private unproven = 0;
  private restUntilMs = 0;
  private readonly clockMs: () => number;

  constructor(clockMs: () => number = monotonicMs) {
    this.clockMs = clockMs;
  }

  acknowledged(heartbeat: Heartbeat): void {
    // The two threads of an agent may hear of their beats in another order than these were made in.
    if (heartbeat.beat < this.beats) return;
    this.last = heartbeat;
    this.proven = new Set(heartbeat.jobs.map(keyOf));
    if (this.proven.size > 0) this.unproven = 0;
  }

  /** A beat came through together with another push, so that none of its own is due. */
  rode(heartbeat: Heartbeat, sentNs: bigint): void {
    this.memory.renewed(sentNs);
    this.acknowledged(heartbeat);
    for (const listener of this.riders) listener(heartbeat);
  }

  onRide(listener: (heartbeat: Heartbeat) => void): () => void {
    this.riders.add(listener);
    return () => void this.riders.delete(listener);
  }

  /**
   * A claim came through, and no beat that names it did: something is wrong between us and the live ref. Each such claim
   * sends its job round for nothing, so the next one waits a lease, then twice as long, and so on.
   */
  couldNotProve(config: YardConfig): void {
    const restMs = Math.min(LONGEST_REST_MS, this.lengthMs(config) * 2 ** this.unproven);
    this.unproven++;
    this.restUntilMs = this.clockMs() + restMs;
  }

  isResting(): boolean {
    return this.clockMs() < this.restUntilMs;
  }

  /** Whether a beat was acknowledged recently enough for a claim that is made now to stand. */
  isRenewed(config: YardConfig): boolean {
    return this.beats > 0 && this.remainingMs({ sinceMs: Number.NEGATIVE_INFINITY, config }) > 0;
  }

  /** The number of the last beat that was acknowledged. */
  get beats(): number {
    return this.last?.beat ?? 0;
  }

  /** Whether a beat that names the job stands on the remote. */
  isProven(job: { id: string; token: number }): boolean {
    return this.proven.has(keyOf(job));
  }

  /** Between two beats, as we promised last. */
  intervalMs({ heartbeat }: YardConfig): number {
    return this.last ? promisedIntervalMs(this.last) : heartbeat.intervalSeconds * 1000;
  }

  lengthMs(config: YardConfig): number {
    return effectiveLeaseMs(this.last, config);
  }

  /** How long a holder goes on without a renewal. */
  holderMs(config: YardConfig): number {
    return this.lengthMs(config) * HOLDER_SHARE;
  }

  /** How long a job that is held since `sinceMs` may still run without a further renewal. */
  remainingMs({ sinceMs, config }: { sinceMs: number; config: YardConfig }): number {
    const renewedMs = Number(this.memory.renewedNs / 1000n) / 1000;
    return this.holderMs(config) - (this.clockMs() - Math.max(sinceMs, renewedMs));
  }
}
