/** Of the pushes of a yard a command makes none or one. What its agents used, they tell with their beats. */
import { type PushUse, pushUse } from '@gityard/domain';
import type { Yard } from '@gityard/yard';

export function pushUseOf(yard: Yard): PushUse | null {
  const { perMinute, used: own } = yard.connection().pushBudget;
  return pushUse(yard.live.heartbeats(), { perMinute, now: yard.now(), own });
}
