/** Small helpers around AbortSignal. They leave nothing behind on a signal that lives as long as the process. */

export interface LinkedAbort {
  readonly signal: AbortSignal;
  /** To be called when the work is over, however it ended. */
  release(): void;
}

export interface LinkedAbortOptions {
  readonly timeoutMs: number;
  /** Why it fired, when the time was over. */
  readonly reason?: () => Error;
}

/** A signal that fires with the given one, or when the time is over. */
export function linkedAbort(
  parent: AbortSignal | undefined,
  { timeoutMs, reason = tooLong }: LinkedAbortOptions,
): LinkedAbort {
  const controller = new AbortController();
  const follow = () => controller.abort(parent?.reason);
  const timer = setTimeout(() => controller.abort(reason()), Math.min(timeoutMs, LONGEST_TIMER_MS));
  parent?.addEventListener('abort', follow, { once: true });
  if (parent?.aborted) follow();
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer);
      parent?.removeEventListener('abort', follow);
    },
  };
}

/** A signal that fires when the time is over, on whatever clock the caller lives by. */
export function abortAfter(
  sleep: (ms: number, signal: AbortSignal) => Promise<void>,
  { timeoutMs, reason }: Required<LinkedAbortOptions>,
): LinkedAbort {
  const controller = new AbortController();
  const over = new AbortController();
  sleep(Math.min(timeoutMs, LONGEST_TIMER_MS), over.signal).then(
    () => controller.abort(reason()),
    () => undefined,
  );
  return { signal: controller.signal, release: () => over.abort(RELEASED) };
}

/** Nobody reads it; to make an error with its stack for each piece of work would cost more than the timer. */
const RELEASED = 'released';

// Node runs a timer at once that is longer than this.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

function tooLong(): Error {
  return new DOMException('it took too long', 'TimeoutError');
}

/** Stops waiting when told to. The work itself goes on, because others may wait for it too. */
export function whileWanted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
