/**
 * Two scripts that start by the clock, at each full minute and on two machines, and both call themselves "ci": one lock, one
 * name, one moment.
 */
import { elapsedMs } from '@gityard/domain';
import type { Person } from './person-context.ts';

const MINUTE_MS = 60_000;
const HOLD_MS = 30_000;

export async function clockRound({ world, life, yard }: Person): Promise<void> {
  await yard.refresh();
  await life.ports.sleep(MINUTE_MS - (elapsedMs(START, yard.now()) % MINUTE_MS));
  if (world.isClosing) return;
  const now = fullMinute(yard.now());
  const input = { name: 'nightly', holder: 'ci', ttlMs: HOLD_MS, waitUntil: null, reason: null, now };
  await world.calls.perform(yard, 'acquire', input);
}

const START = '2000-01-01T00:00:00.000Z';
const fullMinute = (now: string): string => `${now.slice(0, 16)}:00.000Z`;
