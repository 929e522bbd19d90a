/** Tries again what the network spoiled, three times in all, and nothing else: a wrong password stays wrong. */
import { setTimeout as pause } from 'node:timers/promises';
import { GitError } from './git.ts';

const FIRST_PAUSE_MS = 1_000;

export interface Retries {
  readonly stop: AbortSignal;
  readonly attempts?: number;
  readonly firstPauseMs?: number;
  onRetry?(error: GitError): void;
}

export async function withRetries<T>(act: () => Promise<T>, retries: Retries): Promise<T> {
  const { stop, attempts = 3, firstPauseMs = FIRST_PAUSE_MS } = retries;
  for (let attempt = 1; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof GitError) || !error.transient || attempt >= attempts) throw error;
      retries.onRetry?.(error);
    }
    // The pause doubles, and ends early when the build is stopped.
    await pause(firstPauseMs * 2 ** (attempt - 1), undefined, { signal: stop }).catch(() => stop.throwIfAborted());
  }
}
