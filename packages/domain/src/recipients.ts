/**
 * Who a message is for: whom it names, the members of a role, or all but its sender. Names are compared as ids, so that
 * Ann Lee, as a commit calls her, reads her messages as `ann-lee`.
 */
import type { Message } from './entities/message.ts';
import { idFrom } from './text.ts';
import { isPast, type Time } from './time.ts';

/** Of a state, what it takes to know them. */
export interface Readers {
  readonly agents: Iterable<{ readonly id: string }>;
  readonly yard: { readonly roles: Readonly<Record<string, readonly string[]>> };
}

export function isRecipient(state: Readers, message: Message, name: string): boolean {
  const [reader, to] = [idFrom(name), idFrom(message.to)];
  if (to === reader) return true;
  if (idFrom(message.from) === reader) return false;
  return to === 'all' || (membersOf(state, to)?.some((it) => idFrom(it) === reader) ?? false);
}

/** Everybody who is known to have been spoken to. */
export function recipientsOf(state: Readers, message: Message): readonly string[] {
  const to = idFrom(message.to);
  const named = to === 'all' ? [...state.agents].map((agent) => agent.id) : (membersOf(state, to) ?? [message.to]);
  return named.filter((it) => isRecipient(state, message, it));
}

export function hasReceipt(receipts: Message['readBy'], name: string): boolean {
  const id = idFrom(name);
  return Object.keys(receipts).some((it) => idFrom(it) === id);
}

/** By everybody it is for, as far as they are known. A receipt that is owed is not given by time alone. */
export const hasBeenRead = (state: Readers, message: Message): boolean =>
  recipientsOf(state, message).every((it) => hasReceipt(message.ackBy === null ? message.readBy : message.ackedBy, it));

/** Recipients whose acknowledgement is asked for and has not come. */
export function missingAcks(state: Readers, message: Message, now: Time): readonly string[] {
  if (message.ackBy === null || isExpired(message, now)) return [];
  const acked = new Set(Object.keys(message.ackedBy).map(idFrom));
  return recipientsOf(state, message).filter((it) => !acked.has(idFrom(it)));
}

/** What has expired means nothing any more, so nobody has to read it. */
export const isUnread = (state: Readers, message: Message, reader: string, now: Time): boolean =>
  isRecipient(state, message, reader) && !hasReceipt(message.readBy, reader) && !isExpired(message, now);

export const isExpired = ({ expiresAt }: Message, now: Time): boolean => expiresAt !== null && isPast(expiresAt, now);

function membersOf({ yard }: Readers, role: string): readonly string[] | undefined {
  return Object.entries(yard.roles).find(([name]) => idFrom(name) === role)?.[1];
}
