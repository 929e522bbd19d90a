/** What every source is given of the world: the network, the time, and somebody to tell of each request. */
import type { Request } from '../protocol.ts';
import { SourceFailure } from './source.ts';

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

/** The same, but asking the page's own origin and these alone: nobody's link may send a token anywhere else. */
export function keptTo(wiring: Wiring, allowed: readonly string[]): Wiring {
  const origins = new Set(allowed.map((it) => new URL(it).origin));
  return {
    ...wiring,
    fetch: async (url, init) => {
      const { origin, host } = new URL(url);
      if (origins.has(origin)) return wiring.fetch(url, init);
      const reason = `this page may not connect to ${host}; gityard init --github or --gitea makes one that may`;
      throw new SourceFailure({ kind: 'denied', reason });
    },
  };
}
