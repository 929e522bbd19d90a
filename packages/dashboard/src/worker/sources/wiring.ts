/** What every source is given of the world: the network, the time, and somebody to tell of each request. */
import type { Request } from '../protocol.ts';

export interface Wiring {
  readonly fetch: (url: string | URL, init?: RequestInit) => Promise<Response>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Rejects with the signal's reason when nobody waits any more. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly heard: (request: Request) => void;
}

export const REAL: Wiring = {
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  pause: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    }),
  heard: () => undefined,
};
