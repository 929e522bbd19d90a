/**
 * Waits until one beat that names the job stands on the remote. The first command of a build may have effects outside, so
 * it has to wait for the proof that others can see us hold the job.
 */
import type { AgentContext } from '../context.ts';
import type { Holding } from './holding.ts';

/** False when the build must not begin: `signal` was aborted first. The watch over the job bounds the wait by the lease. */
export async function proveLease(
  { bell, lease }: AgentContext,
  holding: Holding,
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted) {
    const since = bell.count;
    if (lease.isProven(holding)) return true;
    // Every acknowledged beat rings.
    await bell.wait({ since, ms: Number.POSITIVE_INFINITY, signal });
  }
  return false;
}
