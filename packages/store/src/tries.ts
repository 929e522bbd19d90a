/** A remote that cannot be reached, or asks us to slow down, gets a few quick chances and no more: callers wait. */
import { StoreError } from './errors.ts';
import type { Ports } from './ports.ts';

const TRIES = 3;
const FIRST_PAUSE_MS = 200;

export interface Trying {
  readonly ports: Ports;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

export async function withTries<T>(work: () => Promise<T>, { ports, deadlineMs, signal }: Trying): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await work();
    } catch (error) {
      const pauseMs = pauseAfter(error, count, ports);
      if (pauseMs === undefined || ports.monotonicMs() + pauseMs >= deadlineMs) throw error;
      await ports.sleep(pauseMs, signal);
    }
  }
}

/** undefined: another try would not help. */
function pauseAfter(error: unknown, count: number, ports: Ports): number | undefined {
  if (!(error instanceof StoreError) || count >= TRIES) return undefined;
  if (error.code === 'RATE_LIMITED') return error.retryAfterMs;
  if (error.code === 'REMOTE_UNREACHABLE') return FIRST_PAUSE_MS * 2 ** (count - 1) * (0.5 + ports.random());
  return undefined;
}
