/** How many pushes a minute this yard has for all its agents (INTERFACE §7): what yard.json says, else by host. */
import type { YardConfig } from '@gityard/domain';
import { hostBudget } from '@gityard/store';

/** null: no budget, one's own Git server. */
export function pushesPerMinute({ push }: Pick<YardConfig, 'push'>, address: string): number | null {
  if (push.perMinute === null) return hostBudget(address);
  return push.perMinute === 0 ? null : push.perMinute;
}
