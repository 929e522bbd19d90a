/**
 * A far tier that may be away or slow: every question to it has a bounded time, and after a failure it is left alone for a
 * while. That is told once; a build never fails by it, nor waits for it again and again.
 */
import type { CacheTier } from './tier.ts';

export interface Guard {
  onTrouble(text: string): void;
  readonly patienceMs?: number;
  readonly restMs?: number;
}

const PATIENCE_MS = 3_000;
const REST_MS = 60_000;
/** Large ones may take as long as a slow line needs. */
const SLOWEST_BYTES_PER_MS = 500;

export function guardedTier(
  tier: CacheTier,
  { onTrouble, patienceMs = PATIENCE_MS, restMs = REST_MS }: Guard,
): CacheTier {
  let awayUntil = Number.NEGATIVE_INFINITY;
  let told = false;
  async function asked<T>(otherwise: T, sizeBytes: number, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (performance.now() < awayUntil) return otherwise;
    try {
      const answer = await within(patienceMs + sizeBytes / SLOWEST_BYTES_PER_MS, act);
      told = false;
      return answer;
    } catch (error) {
      awayUntil = performance.now() + restMs;
      if (!told) onTrouble(`the cache ${tier.name} is left out for a while: ${(error as Error).message}`);
      told = true;
      return otherwise;
    }
  }
  return {
    name: tier.name,
    read: (name) => asked<string | null>(null, 0, (signal) => tier.read(name, signal)),
    write: (name, text) => asked(undefined, text.length, (signal) => tier.write(name, text, signal)),
    fetch: (blob, file) => asked(false, blob.sizeBytes, (signal) => tier.fetch(blob, file, signal)),
    send: (blob, file) => asked(false, blob.sizeBytes, (signal) => tier.send(blob, file, signal)),
    drop: (blob) => asked(undefined, 0, (signal) => tier.drop(blob, signal)),
    close: () => tier.close().catch(() => undefined),
  };
}

async function within<T>(ms: number, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`no answer within ${(ms / 1000).toFixed(1)} s`);
      late.abort(error);
      reject(error);
    }, ms);
  });
  try {
    return await Promise.race([act(late.signal), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
