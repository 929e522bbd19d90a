/** How many pushes a minute this yard has for all its agents (INTERFACE §7): what yard.json says, else by host. */
import type { YardConfig } from '@gityard/domain';

const GITHUB_PER_MINUTE = 6;

/** null: no budget, one's own Git server. */
export function pushesPerMinute({ push }: Pick<YardConfig, 'push'>, address: string): number | null {
  if (push.perMinute !== null) return push.perMinute === 0 ? null : push.perMinute;
  return /^(?:[a-z]+:\/\/)?(?:[^/@]*@)?(?:www\.)?github\.com[:/]/i.test(address) ? GITHUB_PER_MINUTE : null;
}
