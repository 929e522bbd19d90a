/**
 * The two reasons why a build is stopped from outside, as one signal: somebody cancelled it, or its time is over.
 * Whichever came first is the reason, even if the other follows while the processes are being ended.
 */
import { BuildError } from './build-error.ts';

export interface Stop {
  readonly signal: AbortSignal;
  /** Throws when the build is to end now. */
  check(): void;
  close(): void;
}

export function openStop({ signal, timeoutSeconds }: { signal: AbortSignal; timeoutSeconds: number }): Stop {
  const controller = new AbortController();
  const cancel = () => controller.abort(new BuildError('cancelled', cancelReason(signal.reason)));
  const expire = () => controller.abort(new BuildError('timeout', `the build ran longer than ${timeoutSeconds} s`));

  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const timer = setTimeout(expire, timeoutSeconds * 1000);
  return {
    signal: controller.signal,
    check: () => controller.signal.throwIfAborted(),
    close() {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
    },
  };
}

/** `abort('lease lost')` and `abort(new Error('lease lost'))` say why; a bare `abort()` says nothing useful. */
function cancelReason(reason: unknown): string {
  if (typeof reason === 'string') return reason;
  if (reason instanceof Error && reason.name !== 'AbortError') return reason.message;
  return 'the job was cancelled';
}
