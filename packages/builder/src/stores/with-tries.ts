/** Tries again what may pass, a few times, each after twice the pause. Whoever aborts ends it at once. */
import { setTimeout as pause } from 'node:timers/promises';

export interface Tries {
  readonly tries: number;
  readonly firstPauseMs: number;
}

export const PATIENT: Tries = { tries: 4, firstPauseMs: 500 };

export async function withTries<T>(
  act: () => Promise<T>,
  {
    tries,
    firstPauseMs,
    mayPass,
    signal,
  }: Tries & { mayPass(error: unknown): boolean; readonly signal?: AbortSignal | undefined },
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      if (attempt >= tries || !mayPass(error) || signal?.aborted) throw error;
      await pause(firstPauseMs * 2 ** (attempt - 1), undefined, signal ? { signal } : {});
    }
  }
}
