/** Time that passes only when nobody has anything left to do, and chance that is the same in every run. */
import type { Ports } from './ports.ts';

interface Alarm {
  readonly atMs: number;
  ring(): void;
}

export interface VirtualClock extends Ports {
  /** Runs until the work is done, however long it takes on this clock. */
  run<T>(work: Promise<T>): Promise<T>;
}

export function virtualClock({ seed = 1 } = {}): VirtualClock {
  let nowMs = 0;
  let state = seed;
  const alarms = new Set<Alarm>();

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const alarm: Alarm = { atMs: nowMs + Math.max(0, ms), ring: () => settle(resolve) };
      const stop = () => settle(() => reject(signal?.reason));
      const settle = (end: () => void) => {
        alarms.delete(alarm);
        signal?.removeEventListener('abort', stop);
        end();
      };
      alarms.add(alarm);
      signal?.addEventListener('abort', stop);
    });
  }

  function alarm(ms: number, ring: () => void): () => void {
    const stop = new AbortController();
    sleep(ms, stop.signal).then(ring, () => undefined);
    return () => stop.abort();
  }

  async function run<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const end = () => {
      done = true;
    };
    work.then(end, end);
    while (!done) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = [...alarms].reduce<Alarm | undefined>((a, b) => (a && a.atMs <= b.atMs ? a : b), undefined);
      if (!next || done) continue;
      nowMs = next.atMs;
      next.ring();
    }
    return work;
  }

  function random(): number {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  }

  return { monotonicMs: () => nowMs, wallMs: () => nowMs, sleep, alarm, random, run };
}
