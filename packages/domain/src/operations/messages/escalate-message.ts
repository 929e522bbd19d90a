/**
 * Tells others that an acknowledgement is overdue: once for each message, one step more urgent than it was. What the message
 * was followed up with stands in itself, so that no restart and no archive makes it come again.
 */
import { accept, type Decision, refuse } from '../../decision.ts';
import { MESSAGE_PRIORITIES, type Message } from '../../entities/message.ts';
import { find } from '../../find.ts';
import { missingAcks } from '../../recipients.ts';
import { putMessage, type State } from '../../state.ts';
import { isPast, type Time } from '../../time.ts';
import { systemMessage } from './system-message.ts';

const ESCALATION = 'escalation';

export interface EscalateMessage {
  readonly messageId: string;
  /** Of the message that tells of it. */
  readonly id: string;
  readonly now: Time;
}

/** Answers the message as it is after it. */
export function escalateMessage(state: State, { messageId, id, now }: EscalateMessage): Decision<Message> {
  const found = find(state.messages, messageId, 'message');
  if (!found.ok) return found;
  const { value: message } = found;
  const subject = { message: message.id };
  if (Object.hasOwn(message.followUps, ESCALATION))
    return accept(message, [], `message ${message.id} was escalated already`, subject);
  if (!isToBeEscalated(state, message, now))
    return refuse('NOTHING_TO_DO', `message ${message.id} waits for no acknowledgement that is overdue`, [message.id]);

  const { to } = state.yard.escalation;
  const sent = systemMessage(state, { id, now, message: { to, ...wordsOf(state, message, now) } });
  if (!sent.ok) return sent;
  const escalated = { ...message, followUps: { ...message.followUps, [ESCALATION]: sent.result.id } };
  return accept(
    escalated,
    [...sent.changes, putMessage(escalated)],
    `escalate message ${message.id} to ${to}: message ${id}`,
    subject,
  );
}

export const isToBeEscalated = (state: State, message: Message, now: Time): boolean =>
  message.ackBy !== null &&
  isPast(message.ackBy, now) &&
  !Object.hasOwn(message.followUps, ESCALATION) &&
  missingAcks(state, message, now).length > 0;

function wordsOf(state: State, message: Message, now: Time) {
  const { id, from, to, subject, ackBy, sentAt } = message;
  const missing = missingAcks(state, message, now);
  return {
    type: 'warning',
    priority: moreUrgent(message.priority),
    subject: `not acknowledged: ${subject || id}`,
    body: `Message ${id} of ${from} to ${to}, sent at ${sentAt}, was to be acknowledged by ${ackBy}. Missing: ${missing.join(', ')}.`,
    replyTo: id,
  } as const;
}

const moreUrgent = (priority: Message['priority']): Message['priority'] =>
  MESSAGE_PRIORITIES[Math.max(0, MESSAGE_PRIORITIES.indexOf(priority) - 1)] ?? 'critical';
