/** Which messages a list or a search is about: flags that both take, and what they mean. */
import {
  globMatches,
  idFrom,
  isExpired,
  isRecipient,
  isUnread,
  MESSAGE_PRIORITIES,
  MESSAGE_TYPES,
  type Message,
  type State,
  type Time,
  toMs,
} from '@gityard/domain';
import { archivedAll, type Yard } from '@gityard/yard';
import { duration, flag, oneOf, option, wholeNumber } from '../parameters.ts';
import { newestFirst } from './newest-first.ts';

export const MESSAGE_FILTER = {
  from: option('name', 'only of that sender; * stands for anything'),
  to: option('name', 'only to that agent, role or all'),
  type: oneOf(MESSAGE_TYPES, 'only of this kind'),
  priority: oneOf(MESSAGE_PRIORITIES, 'only of this urgency'),
  since: duration('time', 'only what was sent within the last'),
  expired: flag('also what means nothing any more'),
  archived: flag('also what lies in the archive'),
  limit: wholeNumber('N', 'at most so many', { minimum: 1 }),
};

export interface MessageFilter {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly type: Message['type'] | undefined;
  readonly priority: Message['priority'] | undefined;
  readonly since: number | undefined;
  readonly expired: boolean;
  readonly archived: boolean;
  readonly limit: number | undefined;
}

/** Newest first. What lies in the archive mostly means nothing any more, and was asked for all the same. */
export function filteredMessages(
  yard: Yard,
  filter: MessageFilter,
  { now, fits }: { readonly now: Time; readonly fits: (message: Message) => boolean },
): Message[] {
  const open = [...yard.state.messages].filter((it) => filter.expired || filter.archived || !isExpired(it, now));
  const all = filter.archived ? [...open, ...archivedAll(yard, 'message')] : open;
  const found = newestFirst(all).filter((it) => isMeant(filter, it, now) && fits(it));
  return found.slice(0, filter.limit ?? Number.POSITIVE_INFINITY);
}

function isMeant({ from, to, type, priority, since }: MessageFilter, message: Message, now: Time): boolean {
  if (type !== undefined && message.type !== type) return false;
  if (priority !== undefined && message.priority !== priority) return false;
  if (since !== undefined && toMs(message.sentAt) < toMs(now) - since) return false;
  return isNamed(from, message.from) && isNamed(to, message.to);
}

const isNamed = (wanted: string | undefined, name: string): boolean =>
  wanted === undefined || idFrom(wanted) === idFrom(name) || (wanted.includes('*') && globMatches(wanted, name));

/** From or for whoever it is. */
export const concerns = (state: State, message: Message, name: string): boolean =>
  idFrom(message.from) === idFrom(name) || isRecipient(state, message, name);

export const unreadFor =
  (state: State, reader: string, now: Time) =>
  (message: Message): boolean =>
    state.messages.has(message.id) && isUnread(state, message, reader, now);
