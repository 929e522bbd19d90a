/** What the yard itself says: automatic, so that nobody answers it automatically, and sent in the commit of what it tells of. */
import type { Message } from '../../entities/message.ts';
import type { State } from '../../state.ts';
import { clipped } from '../../text.ts';
import type { Time } from '../../time.ts';
import { sendMessage } from './send-message.ts';

export const SYSTEM = 'system';

export interface SystemMessage {
  readonly id: string;
  readonly message: Pick<Message, 'to' | 'subject'> & Partial<Message>;
  readonly now: Time;
}

/** Never taken for one that was sent before: each is about another event. */
export function systemMessage(state: State, { id, message, now }: SystemMessage): ReturnType<typeof sendMessage> {
  const { subject, body = '' } = message;
  const words = { subject: clipped(subject, 500), body: clipped(body, 100_000) };
  const said = { from: SYSTEM, ...message, ...words, automatic: true, key: `${SYSTEM}/${id}` };
  return sendMessage(state, { id, message: said, now });
}
