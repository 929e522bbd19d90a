/** What the lives of a synthetic yard go by: a timeline, on which months pass in seconds, or the time that really passes. */
export interface Clock {
  /** Since the yard began. */
  readonly nowMs: number;
  /** What it returns keeps the alarm from ringing. */
  alarm(ms: number, ring: () => void): () => void;
  sleep(ms: number): Promise<void>;
}

export interface RealClock extends Clock {
  /** From now on nothing rings: whoever sleeps, sleeps for ever. */
  stop(): void;
}

/** @param beganMs when that yard began, as milliseconds since 1970 */
export function realClock(beganMs: number): RealClock {
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;
  const alarm: Clock['alarm'] = (ms, ring) => {
    if (stopped) return () => undefined;
    const timer = setTimeout(() => {
      timers.delete(timer);
      ring();
    }, ms);
    timers.add(timer);
    return () => {
      timers.delete(timer);
      clearTimeout(timer);
    };
  };
  return {
    get nowMs() {
      return Date.now() - beganMs;
    },
    alarm,
    sleep: (ms) => new Promise((resolve) => void alarm(ms, resolve)),
    stop: () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
