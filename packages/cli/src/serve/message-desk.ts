/** Sends what somebody says on the page, in an editor or in a program, in this yard. */
import type { MessageDesk, SendOutcome, SentMessage } from '@gityard/api';
import type { Message } from '@gityard/domain';
import { findArchived, newId, type Yard } from '@gityard/yard';
import { knownFailure } from './known-failure.ts';

export function messageDesk(yard: Yard, { onDone }: { onDone: () => void }): MessageDesk {
  return {
    send: async (message): Promise<SendOutcome> => {
      const { replyTo, from: by } = message;
      const answersArchived = replyTo !== null && findArchived(yard, 'message', replyTo).ok;
      try {
        const wish = { id: newId(), message, answersArchived, now: yard.now() };
        const outcome = await yard.perform('send', wish, { by });
        if (!outcome.ok) return { state: 'refused', code: outcome.code, reason: outcome.reason };
        if (!saysThat(outcome.result, message)) return USED_KEY;
        onDone();
        return { state: 'sent', id: outcome.result.id };
      } catch (error) {
        return knownFailure(error);
      }
    },
  };
}

/** What was sent before under that key may be something else. */
const saysThat = (sent: Message, { to, subject, body }: SentMessage): boolean =>
  sent.to === to && sent.subject === subject && sent.body === body;

const USED_KEY: SendOutcome = {
  state: 'refused',
  code: 'CONFLICT',
  reason: 'that idempotency key is of another message',
};
