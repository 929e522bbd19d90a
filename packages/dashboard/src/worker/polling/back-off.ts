/** How long to leave a host alone that did not answer as it should. */
import type { Failure } from '../protocol.ts';

const FIRST_MS = 5_000;
const LONGEST_MS = 300_000;
/** What a host that refuses without saying until when wants at least. */
const REFUSED_MS = 60_000;

/** `failures`: how many in a row, this one included. Any time below the limit is as likely as any other, so that many pages do not come back together. */
export function backOffMs(failure: Failure, { failures, now, random }: BackOff): number {
  if (failure.until !== undefined) return Math.max(failure.until - now, FIRST_MS) + random() * FIRST_MS;
  const limitMs = Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS);
  if (failure.kind === 'rate-limited') return Math.max(REFUSED_MS, limitMs) * (1 + random());
  return random() * limitMs;
}

interface BackOff {
  readonly failures: number;
  /** By the host's clock, as `until` is. */
  readonly now: number;
  readonly random: () => number;
}
