/** Time and chance, as the store uses them. A simulation passes its own, and every run can then be had again. */
import { setTimeout as delay } from 'node:timers/promises';

export interface Ports {
  /** Never goes back, reads the same in every thread, and means nothing on another machine: for waiting and measuring. */
  monotonicMs(): number;
  /** What the calendar says: for the stamps in commits only. */
  wallMs(): number;
  /** Rejects with the signal's reason when it is told to stop. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls back once, after so long; what it returns keeps it from doing so. */
  alarm(ms: number, ring: () => void): () => void;
  /** At least 0, less than 1. */
  random(): number;
}

export const systemPorts: Ports = {
  monotonicMs: () => Number(process.hrtime.bigint() / 1000n) / 1000,
  wallMs: () => Date.now(),
  sleep,
  alarm,
  random: () => Math.random(),
};

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, signal && { signal });
  } catch (error) {
    // Node reports every stop alike; who waits wants to hear the reason that was given.
    signal?.throwIfAborted();
    throw error;
  }
}

// Node runs a timer at once that is longer than this.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function alarm(ms: number, ring: () => void): () => void {
  const timer = setTimeout(ring, Math.min(ms, LONGEST_TIMER_MS));
  return () => clearTimeout(timer);
}
