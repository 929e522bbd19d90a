/** Sends a message to an agent, to a role, or to all. */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { Message } from '../../entities/message.ts';
import { putMessage, type State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { validate } from '../../validate.ts';

export interface SendMessage {
  readonly id: string;
  readonly message: Pick<Message, 'from' | 'to'> & Partial<Message>;
  readonly now: Time;
}

export function sendMessage(state: State, { id, message: request, now }: SendMessage): Decision<Message> {
  if (state.messages.has(id)) return refuse('DUPLICATE_ID', `message ${id} exists already`, [id]);
  const answered = request.replyTo ?? null;
  if (answered !== null && !state.messages.has(answered))
    return refuse('NOT_FOUND', `there is no message ${answered} to reply to`, [answered]);

  // Receipts belong to the recipients: a sender cannot bring any along.
  const checked = validate(
    'message',
    JSON.parse(JSON.stringify({ ...request, id, sentAt: now, readBy: {}, ackedBy: {}, executed: null })),
  );
  if (!checked.ok) return refuse('INVALID_DATA', checked.reason, [id]);
  const message = checked.value;
  return accept(message, [putMessage(message)], `send message ${id} from ${message.from} to ${message.to}`, {
    message: id,
    agent: message.from,
  });
}
