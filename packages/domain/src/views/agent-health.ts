/**
 * The one definition of health: a pure function of a heartbeat, the promise in it, and now. Nothing is measured against a
 * fixed number of minutes that the agent never promised, and an agent that was never heard of is unknown, not offline.
 */
import type { Heartbeat } from '../entities/heartbeat.ts';
import type { Health } from '../entities/read-model.ts';
import type { YardConfig } from '../entities/yard-config.ts';
import { CLOCK_SLACK_MS, elapsedMs, type Time } from '../time.ts';

/** As much of a heartbeat as health is judged by, and as much of the settings. */
type Promised = Pick<Heartbeat, 'at' | 'nextBeatBy'>;
type HealthConfig = Pick<YardConfig, 'health'>;

export function agentHealth(heartbeat: Promised | undefined, now: Time, config: HealthConfig): Health {
  if (!heartbeat) return 'unknown';
  const quietMs = elapsedMs(heartbeat.at, now) - CLOCK_SLACK_MS;
  const intervalMs = promisedIntervalMs(heartbeat);
  if (quietMs > silentAfterMs(intervalMs, config)) return 'silent';
  return quietMs > intervalMs * config.health.lateAfterIntervals ? 'late' : 'fresh';
}

export const promisedIntervalMs = (heartbeat: Promised): number =>
  Math.max(0, elapsedMs(heartbeat.at, heartbeat.nextBeatBy));

function silentAfterMs(intervalMs: number, { health }: HealthConfig): number {
  return Math.max(intervalMs * health.silentAfterIntervals, health.silentAtLeastSeconds * 1000);
}

/** How long a claim holds without a sign of life: never shorter than three promised intervals (INTERFACE §7). */
export function effectiveLeaseMs(heartbeat: Heartbeat | undefined, config: YardConfig): number {
  const promised = heartbeat ? 3 * promisedIntervalMs(heartbeat) : 0;
  return Math.max(config.lease.seconds * 1000, promised);
}
