/**
 * Without its settings a yard would go on under others than everybody agreed to. People change them; nobody takes them away.
 * What a cut said of the history before it nobody changes at all.
 */
import type { Epoch } from '../entities/epoch.ts';
import type { YardConfig } from '../entities/yard-config.ts';
import type { Transition } from './rule.ts';
import { sameValue } from './same-value.ts';

export function settingsStay({ before, after }: Transition<YardConfig>): readonly string[] {
  if (before && !after) return ['yard.json vanished'];
  if (before && after && (after.tokensAbove ?? 0) < (before.tokensAbove ?? 0))
    return ['`tokensAbove` was lowered, so that tokens from before a restore could come again'];
  if (!before || !after || before.yardId === null || before.yardId === after.yardId) return [];
  return [`the id of the yard was changed from ${before.yardId} to ${after.yardId}`];
}

export const epochStays = ({ before, after }: Transition<Epoch>): readonly string[] =>
  sameValue(before, after) ? [] : ['shared/epoch.json was changed by another commit than the first of its epoch'];
