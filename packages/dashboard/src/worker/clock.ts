/** Time as this worker sees it, passed in so that hours pass in a spec in a moment. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Returns the function that calls it off. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
