/** `--for 2h`: how long something is to last, as the time at which it ends by itself. */
import { after, type Time } from '@gityard/domain';
import type { Context } from '../context.ts';
import { duration } from '../parameters.ts';

export const forLength = duration('time', 'for how long; else until it is resumed');

/** By the clock of the yard, which is known once it is open. */
export async function untilOf(context: Context, ms: number | undefined): Promise<Time | null> {
  if (ms === undefined) return null;
  await context.yard();
  return after(context.now(), ms);
}
