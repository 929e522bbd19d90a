/**
 * The reasons why a build is stopped from outside, as one signal: somebody cancelled it, its time is over, or its command has
 * printed nothing for too long. Whichever came first is the reason, even if another follows while the processes are ended.
 */
import { BuildError } from './build-error.ts';

export interface Stop {
  readonly signal: AbortSignal;
  /** Throws when the build is to end now. */
  check(): void;
  /** A command runs, or has just printed something: from now on it may be silent for as long as it may. */
  heard(): void;
  /** No command runs: whose silence would be judged? */
  unheard(): void;
  /** There are no more than that many seconds, counted from the beginning; a longer time changes nothing. */
  shorten(seconds: number): void;
  close(): void;
}

export interface Limits {
  readonly signal: AbortSignal;
  readonly timeoutSeconds: number;
  /** Nothing: as long as it likes. */
  readonly silentSeconds?: number;
}

/** Silence is counted in parts: where we stood still ourselves that is one of them at most, and what was printed meanwhile is read. */
const STEPS = 4;

export function openStop({ signal, timeoutSeconds, silentSeconds }: Limits): Stop {
  const controller = new AbortController();
  const cancel = () => controller.abort(new BuildError('cancelled', cancelReason(signal.reason)));
  const beganAt = performance.now();
  let mostSeconds = timeoutSeconds;
  const expire = () => controller.abort(new BuildError('timeout', `the build ran longer than ${mostSeconds} s`));

  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  let timer = setTimeout(expire, timeoutSeconds * 1000);
  let silence: NodeJS.Timeout | undefined;
  let steps = 0;
  const stepOn = () => {
    steps += 1;
    if (steps < STEPS) silence?.refresh();
    else controller.abort(new BuildError('timeout', `the build printed nothing for ${silentSeconds} s`));
  };
  return {
    signal: controller.signal,
    check: () => controller.signal.throwIfAborted(),
    heard() {
      steps = 0;
      if (silence) silence.refresh();
      else if (silentSeconds !== undefined) silence = setTimeout(stepOn, (silentSeconds * 1000) / STEPS);
    },
    unheard() {
      clearTimeout(silence);
      silence = undefined;
    },
    shorten(seconds) {
      if (seconds >= mostSeconds) return;
      mostSeconds = seconds;
      clearTimeout(timer);
      timer = setTimeout(expire, Math.max(0, seconds * 1000 - (performance.now() - beganAt)));
    },
    close() {
      clearTimeout(timer);
      clearTimeout(silence);
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
