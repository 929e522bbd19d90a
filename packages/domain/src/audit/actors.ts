/** A writer's counter counts its committed operations exactly: that is what makes a retry after a lost reply safe. */
import type { Actor } from '../entities/actor.ts';
import { isByHand, type Step, type Transition } from './rule.ts';

export function counterCounts({ id, before, after }: Transition<Actor>, step: Step): readonly string[] {
  if (isByHand(step)) return [];
  const done = step.operations.filter((it) => it.actor === id).length;
  const [from, to] = [before?.operations ?? 0, after?.operations ?? 0];
  return to === from + done ? [] : [`the counter of ${id} went from ${from} to ${to} with ${done} operations`];
}
