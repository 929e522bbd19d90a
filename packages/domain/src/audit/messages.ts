/** What was said was said: of a message nothing changes but its receipts, and those only grow, each by a recipient. */
import type { Message } from '../entities/message.ts';
import { isRecipient } from '../recipients.ts';
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

/** Roles change: whoever was a recipient before this commit or is one after it may have read. */
export function receiptsOfRecipients({ id, before, after }: Transition<Message>, step: Step): readonly string[] {
  if (!after || has(step, 'import')) return [];
  const { readBy = {}, ackedBy = {} } = before ?? {};
  const added = new Set([...lost(after.readBy, readBy), ...lost(after.ackedBy, ackedBy)]);
  const strangers = [...added].filter(
    (reader) => !isRecipient(step.before, after, reader) && !isRecipient(step.after, after, reader),
  );
  return strangers.map((reader) => `message ${id} has a receipt of ${reader}, but is for ${after.to}`);
}

const lost = (was: Message['readBy'], is: Message['readBy']): string[] =>
  Object.keys(was).filter((reader) => is[reader] !== was[reader]);

const wordsOf = (message: Message) => ({ ...message, readBy: null, ackedBy: null, executed: null });
