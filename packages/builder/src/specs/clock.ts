/** Time that passes when a spec says so: a limit is over at a fact, however long a busy machine took to come so far. */
import { onTestFinished, vi } from 'vitest';

/** From now on all timers of this process wait for the answer to be called; what its programs do takes its own time. */
export function stoppedClock(): (seconds: number) => void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  return (seconds) => void vi.advanceTimersByTime(seconds * 1_000);
}
