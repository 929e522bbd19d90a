/** What was said was said: of a message nothing changes but its receipts, and those only grow. */
import type { Message } from '../entities/message.ts';
import { has, type Step, type Transition } from './rule.ts';
import { sameValue } from './same-value.ts';

export function messageStays({ id, before, after }: Transition<Message>, step: Step): readonly string[] {
  if (!before) return [];
  if (!after) return has(step, 'archive') ? [] : [`message ${id} vanished`];
  return sameValue(wordsOf(before), wordsOf(after)) ? [] : [`message ${id} was changed after it was sent`];
}

export function receiptsGrow({ id, before, after }: Transition<Message>): readonly string[] {
  if (!before || !after) return [];
  return [...lost(before.readBy, after.readBy), ...lost(before.ackedBy, after.ackedBy)].map(
    (reader) => `the receipt of ${reader} on message ${id} was taken back or changed`,
  );
}

const lost = (was: Message['readBy'], is: Message['readBy']): string[] =>
  Object.keys(was).filter((reader) => is[reader] !== was[reader]);

const wordsOf = (message: Message) => ({ ...message, readBy: null, ackedBy: null });
