/** Waiting that a signal may cut short, and how long to wait after failures. A wait that was cut short is no error. */
import { setTimeout as delay } from 'node:timers/promises';

export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await delay(Math.max(0, ms), undefined, { signal });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}

/** What it comes to, or undefined when the signal was first: what waits for a scarce push is then left to itself. */
export function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    const leave = () => resolve(undefined);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

/** Never goes back, and reads the same in every thread of this process. */
export const monotonicMs = (): number => Number(process.hrtime.bigint() / 1000n) / 1000;

export const nowTime = (): string => new Date().toISOString();

/** Agents that poll with one beat meet at the remote with one beat; a little disorder keeps them apart. */
export const jittered = (ms: number, share: number): number => ms * (1 - share + 2 * share * Math.random());

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** Full jitter: anything up to twice as much each time, but never a hot loop. */
export function backOffMs(failures: number, { longestMs = LONGEST_MS, random = Math.random } = {}): number {
  const ceiling = Math.min(longestMs, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.max(FIRST_MS / 4, ceiling * random());
}

/**
 * Fires with the other signal, or when the time is over. Not `AbortSignal.any` over `AbortSignal.timeout`: nothing holds the
 * timeout but that, Node 20 collects it as garbage, and it never fires.
 */
export function atMost(ms: number, signal: AbortSignal): AbortSignal {
  const over = new AbortController();
  const timer = setTimeout(() => end(new DOMException('it took too long', 'TimeoutError')), ms).unref();
  const follow = (): void => end(signal.reason);
  signal.addEventListener('abort', follow);
  if (signal.aborted) follow();
  return over.signal;

  function end(reason: unknown): void {
    clearTimeout(timer);
    signal.removeEventListener('abort', follow);
    over.abort(reason);
  }
}
