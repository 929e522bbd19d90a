/** Marks messages as read, acknowledged or downloaded, for one of its recipients only. Receipts grow and never go back. */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { Message } from '../../entities/message.ts';
import { type Found, find } from '../../find.ts';
import { hasReceipt, isRecipient } from '../../recipients.ts';
import { putMessage, type State } from '../../state.ts';
import { idFrom } from '../../text.ts';
import type { Time } from '../../time.ts';

export interface Receipt {
  readonly messageId: string;
  readonly reader: string;
  readonly now: Time;
}

export function readMessage(state: State, receipt: Receipt): Decision<Message> {
  const found = addressed(state, receipt);
  if (!found.ok) return found;
  const { value: message } = found;
  const reader = idFrom(receipt.reader);
  const subject = { message: message.id, agent: reader };
  if (hasReceipt(message.readBy, reader))
    return accept(message, [], `${reader} has read message ${message.id} already`, subject);
  const read = { ...message, readBy: { ...message.readBy, [reader]: receipt.now } };
  return accept(read, [putMessage(read)], `read message ${message.id} by ${reader}`, subject);
}

/** Who acknowledges has read. */
export function acknowledgeMessage(state: State, receipt: Receipt): Decision<Message> {
  const found = addressed(state, receipt);
  if (!found.ok) return found;
  const { value: message } = found;
  const reader = idFrom(receipt.reader);
  const subject = { message: message.id, agent: reader };
  if (hasReceipt(message.ackedBy, reader))
    return accept(message, [], `${reader} has acknowledged message ${message.id} already`, subject);
  const given = { [reader]: receipt.now };
  const acknowledged = {
    ...message,
    readBy: hasReceipt(message.readBy, reader) ? message.readBy : { ...message.readBy, ...given },
    ackedBy: { ...message.ackedBy, ...given },
  };
  return accept(acknowledged, [putMessage(acknowledged)], `acknowledge message ${message.id} by ${reader}`, subject);
}

/** That its file was fetched, whole and as it was sent. */
export function downloadMessage(state: State, receipt: Receipt): Decision<Message> {
  const found = addressed(state, receipt);
  if (!found.ok) return found;
  const { value: message } = found;
  const reader = idFrom(receipt.reader);
  const subject = { message: message.id, agent: reader };
  if (message.attachment === null)
    return refuse('NOTHING_TO_DO', `message ${message.id} brought no file`, [message.id]);
  if (hasReceipt(message.downloadedBy, reader))
    return accept(message, [], `${reader} has the file of message ${message.id} already`, subject);
  const downloaded = { ...message, downloadedBy: { ...message.downloadedBy, [reader]: receipt.now } };
  return accept(
    downloaded,
    [putMessage(downloaded)],
    `download the file of message ${message.id} by ${reader}`,
    subject,
  );
}

/** A receipt of somebody else would look as if the message had been dealt with. */
function addressed(state: State, { messageId, reader }: Receipt): Found<Message> {
  const found = find(state.messages, messageId, 'message');
  if (!found.ok || isRecipient(state, found.value, reader)) return found;
  const { id, from, to } = found.value;
  const why = idFrom(from) === idFrom(reader) ? `was sent by ${from} itself` : `is for ${to}, not for ${reader}`;
  return refuse('NOT_ADDRESSED', `message ${id} ${why}`, [id]);
}
