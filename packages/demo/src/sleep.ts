/** The sleep of a clock, made of its alarm. Rejects with the signal's reason when it is told to stop. */
import type { Ports } from '@gityard/store';

export function sleep(alarm: Ports['alarm'], ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = () => {
      disarm();
      reject(signal?.reason);
    };
    const disarm = alarm(ms, () => {
      signal?.removeEventListener('abort', stop);
      resolve();
    });
    signal?.addEventListener('abort', stop, { once: true });
  });
}
