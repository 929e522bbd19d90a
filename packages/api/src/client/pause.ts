/** Waiting between tries: between half and all of the time, so that many pages do not come back in the same moment. */

export const jittered = (ms: number): number => ms * (0.5 + Math.random() / 2);

export function pause(ms: number, stopped: AbortSignal): Promise<void> {
  if (stopped.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    stopped.addEventListener('abort', done);
  });
}
