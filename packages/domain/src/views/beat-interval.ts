/**
 * How often agents beat: as often as the yard asks for, and less often where all of them together would use up the pushes of
 * their host. What an agent promises is published with each beat, and everybody judges it by that.
 */
import type { YardConfig } from '../entities/yard-config.ts';
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import { agentHealth } from './agent-health.ts';

/** Four of six: claims and results need the rest. */
const SHARE_FOR_BEATS = 2 / 3;
/** However many they are: who is never heard of cannot be helped. */
const LONGEST_MS = 15 * 60_000;

export interface Fleet {
  /** That beat, and share the pushes. */
  readonly agents: number;
  /** How many beats all of them together may send; null: as many as they like. */
  readonly beatsPerMinute: number | null;
}

export function beatIntervalMs(
  { heartbeat }: Pick<YardConfig, 'heartbeat'>,
  { agents, beatsPerMinute }: Fleet,
): number {
  const asked = heartbeat.intervalSeconds * 1000;
  const affordable = beatsPerMinute === null ? 0 : (agents * 60_000) / beatsPerMinute;
  return Math.max(asked, Math.min(LONGEST_MS, affordable));
}

/** Of the pushes that the whole yard may make. */
export const beatsPerMinute = (pushesPerMinute: number | null): number | null =>
  pushesPerMinute === null ? null : pushesPerMinute * SHARE_FOR_BEATS;

/** Those that are heard of, and `self`, which may not have spoken yet. */
export function agentsAlive({ heartbeats, yard }: State, self: string, now: Time): number {
  const others = [...heartbeats].filter(({ agent }) => agent !== self);
  const alive = others.filter((it) => !it.stopped && agentHealth(it, now, yard) !== 'silent');
  return alive.length + 1;
}
