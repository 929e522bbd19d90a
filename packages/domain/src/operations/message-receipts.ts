/** Marks messages as read or acknowledged, for one reader only. Receipts grow and never go back. */
import { accept, type Decision } from '../decision.ts';
import type { Message } from '../entities/message.ts';
import { find } from '../find.ts';
import { putMessage, type State } from '../state.ts';
import type { Time } from '../time.ts';

export interface Receipt {
  readonly messageId: string;
  readonly reader: string;
  readonly now: Time;
}

export function readMessage(state: State, { messageId, reader, now }: Receipt): Decision<Message> {
  const found = find(state.messages, messageId, 'message');
  if (!found.ok) return found;
  const { value: message } = found;
  const subject = { message: message.id, agent: reader };
  if (Object.hasOwn(message.readBy, reader))
    return accept(message, [], `${reader} has read message ${message.id} already`, subject);
  const read = { ...message, readBy: { ...message.readBy, [reader]: now } };
  return accept(read, [putMessage(read)], `read message ${message.id} by ${reader}`, subject);
}

/** Who acknowledges has read. */
export function acknowledgeMessage(state: State, { messageId, reader, now }: Receipt): Decision<Message> {
  const found = find(state.messages, messageId, 'message');
  if (!found.ok) return found;
  const { value: message } = found;
  const subject = { message: message.id, agent: reader };
  if (Object.hasOwn(message.ackedBy, reader))
    return accept(message, [], `${reader} has acknowledged message ${message.id} already`, subject);
  const readBy = { [reader]: now, ...message.readBy };
  const acknowledged = {
    ...message,
    readBy,
    ackedBy: { ...message.ackedBy, [reader]: now },
  };
  return accept(acknowledged, [putMessage(acknowledged)], `acknowledge message ${message.id} by ${reader}`, subject);
}
