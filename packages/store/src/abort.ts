/** Small helpers around AbortSignal. They leave nothing behind on a signal that lives as long as the process. */
import { type Ports, systemPorts } from './ports.ts';

export interface LinkedAbort {
  readonly signal: AbortSignal;
  /** To be called when the work is over, however it ended. */
  release(): void;
}

export interface LinkedAbortOptions {
  readonly timeoutMs: number;
  /** Why it fired, when the time was over. */
  readonly reason?: () => Error;
  /** On whose clock it is over. */
  readonly alarm?: Ports['alarm'];
}

/** A signal that fires with the given one, or when the time is over. */
export function linkedAbort(
  parent: AbortSignal | undefined,
  { timeoutMs, reason = tooLong, alarm = systemPorts.alarm }: LinkedAbortOptions,
): LinkedAbort {
  const controller = new AbortController();
  const follow = () => controller.abort(parent?.reason);
  const disarm = alarm(timeoutMs, () => controller.abort(reason()));
  parent?.addEventListener('abort', follow, { once: true });
  if (parent?.aborted) follow();
  return {
    signal: controller.signal,
    release() {
      disarm();
      parent?.removeEventListener('abort', follow);
    },
  };
}

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
