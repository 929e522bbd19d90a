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

export interface PushFacts {
  /** null: pushes are not counted. */
  readonly perMinute: number | null;
  readonly now: Time;
  /** Of whoever asks, and does not beat. */
  readonly own?: number;
}

export function pushUse(heartbeats: Table<Heartbeat>, { perMinute, now, own = 0 }: PushFacts): PushUse | null {
  if (perMinute === null) return null;
  const recent = [...heartbeats].filter(({ at }) => elapsedMs(at, now) < MINUTE_MS);
  const used = recent.reduce((sum, { pushes }) => sum + pushes, own);
  return { perMinute, used, left: Math.max(0, perMinute - used) };
}
