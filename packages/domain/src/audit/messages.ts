/**
 * What was said was said: of a message nothing changes but its receipts and what followed it automatically. Both only grow:
 * receipts each by a recipient, the others each by the operation that sent what followed.
 */
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
  const all = RECEIPTS.flatMap((field) => lost(before[field], after[field]));
  return all.map((reader) => `the receipt of ${reader} on message ${id} was taken back or changed`);
}

/** Roles change: whoever was a recipient before this commit or is one after it may have read. */
export function receiptsOfRecipients({ id, before, after }: Transition<Message>, step: Step): readonly string[] {
  if (!after || has(step, 'import')) return [];
  const added = new Set(RECEIPTS.flatMap((field) => lost(after[field], before?.[field] ?? {})));
  const strangers = [...added].filter(
    (reader) => !isRecipient(step.before, after, reader) && !isRecipient(step.after, after, reader),
  );
  return strangers.map((reader) => `message ${id} has a receipt of ${reader}, but is for ${after.to}`);
}

/** Each cause once, and by an operation: what a program forgot to have answered it would answer again. */
export function followUpsGrow({ id, before, after }: Transition<Message>, step: Step): readonly string[] {
  if (!before || !after || sameValue(before.followUps, after.followUps)) return [];
  const gone = lost(before.followUps, after.followUps).map(
    (cause) => `${cause} of message ${id} was taken back or changed`,
  );
  const isTold = step.operations.some((it) => it.message === id && FOLLOW_UPS.includes(it.operation));
  const added = isTold ? [] : lost(after.followUps, before.followUps);
  return [...gone, ...added.map((cause) => `message ${id} was given ${cause} by no operation`)];
}

const RECEIPTS = ['readBy', 'ackedBy', 'downloadedBy'] as const;
const FOLLOW_UPS: readonly string[] = ['escalate', 'auto-reply'];

const lost = (was: Readonly<Record<string, string>>, is: Readonly<Record<string, string>>): string[] =>
  Object.keys(was).filter((reader) => is[reader] !== was[reader]);

const wordsOf = (message: Message) => ({
  ...message,
  readBy: null,
  ackedBy: null,
  downloadedBy: null,
  followUps: null,
  executed: null,
});
