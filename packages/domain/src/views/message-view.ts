/** A message as programs read it. */
import type { Message } from '../entities/message.ts';

export type MessageView = Omit<Message, 'schemaVersion'>;

export function messageView(message: Message): MessageView {
  const { id, from, to, type, priority, subject, body, sentAt, expiresAt } = message;
  const { replyTo, readBy, ackedBy, ackBy, automatic, hops, executed } = message;
  return {
    id,
    from,
    to,
    type,
    priority,
    subject,
    body,
    sentAt,
    expiresAt,
    replyTo,
    readBy,
    ackedBy,
    ackBy,
    automatic,
    hops,
    executed,
  };
}
