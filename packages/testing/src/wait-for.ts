/** Waits until a fact is true, instead of sleeping for as long as it usually takes. */
import { setTimeout as delay } from 'node:timers/promises';

export interface WaitForOptions {
  /** The fact as a sentence: "the agent is silent". It is what a reader of a failed run gets to see. */
  readonly what: string;
  readonly timeoutMs?: number;
}

export type Fact<T> = () => T | undefined | false | Promise<T | undefined | false>;

/** What is not true at once is looked at less and less often: a look may be a request. */
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS] = [15, 60];
/** No spec should fail because its machine has much else to do: what never comes true costs this once, and only then. */
export const PATIENCE_MS = 180_000;

/** Resolves with the first answer that is neither undefined nor false. A fact that throws is not yet true. */
export async function waitFor<T>(fact: Fact<T>, { what, timeoutMs = PATIENCE_MS }: WaitForOptions): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 1.2)) {
    const look = await lookAt(fact);
    if (look.answer !== undefined && look.answer !== false) return look.answer;
    if (performance.now() >= deadline) throw neverTrue(what, { timeoutMs, cause: look.error });

    await delay(pauseMs);
  }
}

async function lookAt<T>(fact: Fact<T>): Promise<{ answer?: T | undefined | false; error?: unknown }> {
  try {
    return { answer: await fact() };
  } catch (error) {
    return { error };
  }
}

function neverTrue(what: string, { timeoutMs, cause }: { timeoutMs: number; cause: unknown }): Error {
  const last = cause === undefined ? '' : `; the last look failed: ${cause instanceof Error ? cause.message : cause}`;
  return new Error(`within ${timeoutMs} ms it never became true that ${what}${last}`, { cause });
}
