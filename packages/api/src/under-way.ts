/** Knows when no request is being answered. Node alone cannot tell: a connection that a browser opened ahead of need counts as busy, and closing would wait for it. */
import type { Server } from 'node:http';

export interface UnderWay {
  /** Resolves once every request has its answer, or after the grace. */
  settled(graceMs: number): Promise<void>;
}

export function trackRequests(server: Server): UnderWay {
  let count = 0;
  let onSettled: (() => void) | undefined;
  server.on('request', (_request, response) => {
    count += 1;
    response.once('close', () => {
      count -= 1;
      if (count === 0) onSettled?.();
    });
  });
  return {
    settled: (graceMs) =>
      new Promise((resolve) => {
        const grace = setTimeout(resolve, count === 0 ? 0 : graceMs);
        onSettled = () => {
          clearTimeout(grace);
          resolve();
        };
      }),
  };
}
