/**
 * Sends a message to an agent, to a role, or to all. The same words to the same recipient within a moment, or under the same
 * key, are one message however often they come: whoever has to ask again gets the first.
 */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { Message } from '../../entities/message.ts';
import { isExpired } from '../../recipients.ts';
import { putMessage, type State } from '../../state.ts';
import { idFrom } from '../../text.ts';
import { elapsedMs, type Time } from '../../time.ts';
import { validate } from '../../validate.ts';

export interface SendMessage {
  readonly id: string;
  readonly message: Pick<Message, 'from' | 'to'> & Partial<Message>;
  /** The message that it answers lies in the archive, as whoever looked there says. */
  readonly answersArchived?: boolean;
  readonly now: Time;
}

export function sendMessage(state: State, input: SendMessage): Decision<Message> {
  const { id, message: request, now } = input;
  const answered = request.replyTo ?? null;
  const parent = answered === null ? undefined : state.messages.get(answered);
  if (answered !== null && !parent && input.answersArchived !== true)
    return refuse('NOT_FOUND', `there is no message ${answered} to reply to`, [answered]);

  // Receipts belong to the recipients, the depth to the thread, a past elsewhere to an import: a sender cannot bring any along.
  const own = { id, sentAt: now, readBy: {}, ackedBy: {}, downloadedBy: {}, followUps: {}, executed: null };
  const hops = answered === null ? 0 : (parent?.hops ?? 0) + 1;
  const checked = validate(
    'message',
    JSON.parse(JSON.stringify({ ...request, ...own, hops, importedFrom: undefined })),
  );
  if (!checked.ok) return refuse('INVALID_DATA', checked.reason, [id]);
  const message = checked.value;
  const subject = { message: id, agent: message.from };
  const first = sentBefore(state, message);
  if (first) return accept(first, [], `message ${first.id} says so already`, { ...subject, message: first.id });
  if (state.messages.has(id)) return refuse('DUPLICATE_ID', `message ${id} exists already`, [id]);
  return accept(message, [putMessage(message)], `send message ${id} from ${message.from} to ${message.to}`, subject);
}

function sentBefore({ messages, yard }: State, message: Message): Message | undefined {
  const windowMs = yard.messages.dedupeSeconds * 1000;
  const from = idFrom(message.from);
  for (const earlier of messages) {
    if (idFrom(earlier.from) !== from) continue;
    if (message.key !== null && earlier.key === message.key) return earlier;
    const isRecent = Math.abs(elapsedMs(earlier.sentAt, message.sentAt)) < windowMs;
    if (isRecent && saysTheSame(earlier, message) && !isExpired(earlier, message.sentAt)) return earlier;
  }
  return undefined;
}

/** Who gives keys says by them what is another message. A command that was carried out may be given again. */
const saysTheSame = (a: Message, b: Message): boolean =>
  a.executed === null &&
  idFrom(a.to) === idFrom(b.to) &&
  a.subject === b.subject &&
  a.body === b.body &&
  a.type === b.type &&
  a.replyTo === b.replyTo &&
  a.key === b.key &&
  a.attachment?.sha256 === b.attachment?.sha256;
