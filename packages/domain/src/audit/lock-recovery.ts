/** A recovery takes a lock from somebody who may not know that its time was up: the same commit tells it. */
import type { Lock } from '../entities/lock.ts';
import { SYSTEM } from '../operations/messages/system-message.ts';
import type { Step, Transition } from './rule.ts';

/** Looks through all messages, and therefore only when a lock was recovered. */
export function recoveryIsTold({ id, before, after }: Transition<Lock>, step: Step): readonly string[] {
  if (!before || !after) return [];
  const recoveries = step.operations.filter((it) => it.operation === 'recover' && it.lock === id).length;
  if (recoveries === 0) return [];
  const told = [...step.after.messages].filter(
    (it) => it.from === SYSTEM && it.subject.includes(id) && !step.before.messages.has(it.id),
  );
  return told.length >= recoveries ? [] : [`lock ${id} was recovered, and no message tells of it`];
}
