/**
 * How many of the pushes of a minute are used: the sum of what agents tell with their heartbeats, which ride with nearly every
 * push they make. What an agent sent after its last beat is missing, and what was pushed by a beat that lost its race.
 */
import type { Heartbeat } from '../entities/heartbeat.ts';
import type { Table } from '../table.ts';
import { elapsedMs, type Time } from '../time.ts';

export interface PushUse {
  readonly perMinute: number;
  readonly used: number;
  readonly left: number;
}

const MINUTE_MS = 60_000;

/** `own`: of whoever asks, and does not beat. */
export function pushUse(heartbeats: Table<Heartbeat>, perMinute: number, now: Time, own = 0): PushUse {
  const recent = [...heartbeats].filter(({ at }) => elapsedMs(at, now) < MINUTE_MS);
  const used = recent.reduce((sum, { pushes }) => sum + pushes, own);
  return { perMinute, used, left: Math.max(0, perMinute - used) };
}
