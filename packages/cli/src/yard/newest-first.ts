/** The order in which lists of messages are shown. */
import type { Message } from '@gityard/domain';

export const newestFirst = (messages: Iterable<Message>): Message[] =>
  [...messages].sort((a, b) => (a.sentAt === b.sentAt ? (a.id < b.id ? 1 : -1) : a.sentAt < b.sentAt ? 1 : -1));
