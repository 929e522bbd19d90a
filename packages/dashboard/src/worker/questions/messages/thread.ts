/**
 * A conversation whole, from its first message on, whether it lies in the archive by now or not. Up it goes by what each
 * message answers; down by reading what was sent after it, since no message knows its answers.
 */
import { type Message, messageFrom, missingAcks, recipientsOf, type Time, toTime } from '@gityard/domain';
import type { Reading } from '../question.ts';
import { idOf, stateFile, valueIn } from '../state-files.ts';
import { messageEntries, readMessages } from './read-messages.ts';
import { type Readers, readersOf } from './readers.ts';

export interface ThreadAsked {
  readonly id: string;
  readonly at: string;
  /** How many later messages are read in search of answers: each may cost a request. */
  readonly most: number;
}

export type ThreadMessage = Pick<
  Message,
  'id' | 'from' | 'to' | 'type' | 'priority' | 'subject' | 'body' | 'sentAt' | 'expiresAt' | 'replyTo' | 'ackBy'
> &
  Pick<Message, 'automatic' | 'attachment'> & { readonly receipts: readonly Receipt[]; readonly missing: number };

/** Of somebody it is for, or of somebody who read it all the same. */
export interface Receipt {
  readonly reader: string;
  readonly readAt: Time | null;
  readonly ackedAt: Time | null;
  readonly downloadedAt: Time | null;
  readonly isRecipient: boolean;
}

export interface Thread {
  /** Oldest first. */
  readonly messages: readonly ThreadMessage[];
  /** Later messages that were not looked through: there may be answers among them. */
  readonly unread: number;
}

const MOST_STEPS = 100;
const MOST_MESSAGES = 200;

/** null: there is no such message. */
export async function thread(reading: Reading, { id, at, most }: ThreadAsked): Promise<Thread | null> {
  const found = await messageOf(reading, { id, at });
  if (!found) return null;
  const root = await rootOf(reading, { message: found, at });
  const later = (await messageEntries(reading, at)).filter(({ path }) => idOf(path) > root.id).reverse();
  const candidates = await readMessages(reading, { entries: later.slice(0, most), at });
  const all = new Map([root, found, ...candidates].map((it) => [it.id, it]));
  const readers = await readersOf(reading, at);
  const members = membersOf(root, all).slice(0, MOST_MESSAGES);
  return {
    messages: members.map((it) => withReceipts(it, { readers, now: toTime(reading.now()) })),
    unread: Math.max(0, later.length - most),
  };
}

async function messageOf(reading: Reading, { id, at }: Pick<ThreadAsked, 'id' | 'at'>): Promise<Message | undefined> {
  const file = await stateFile(reading, { folder: 'messages', id, at });
  return file && valueIn(file, messageFrom);
}

/** Ids are of one yard, so a ring is a broken file. */
async function rootOf(reading: Reading, { message, at }: { message: Message; at: string }): Promise<Message> {
  const climbed = new Set<string>();
  let root = message;
  while (root.replyTo !== null && !climbed.has(root.id) && climbed.size < MOST_STEPS) {
    climbed.add(root.id);
    const parent = await messageOf(reading, { id: root.replyTo, at });
    if (!parent) break;
    root = parent;
  }
  return root;
}

/** What is put into a set while it is walked is walked as well. */
function membersOf(root: Message, all: ReadonlyMap<string, Message>): readonly Message[] {
  const answers = new Map<string | null, string[]>();
  for (const { id, replyTo } of all.values()) answers.set(replyTo, [...(answers.get(replyTo) ?? []), id]);
  const members = new Set([root.id]);
  for (const id of members) for (const answer of answers.get(id) ?? []) members.add(answer);
  return [...members].flatMap((id) => all.get(id) ?? []).sort((a, b) => Date.parse(a.sentAt) - Date.parse(b.sentAt));
}

function withReceipts(message: Message, { readers, now }: { readers: Readers; now: Time }): ThreadMessage {
  const { id, from, to, type, priority, subject, body, sentAt, expiresAt, replyTo, ackBy, automatic } = message;
  const { readBy, ackedBy, downloadedBy, attachment } = message;
  const recipients = recipientsOf(readers, message);
  const names = new Set([...recipients, ...[readBy, ackedBy, downloadedBy].flatMap((it) => Object.keys(it))]);
  const receipts = [...names].map((reader) => ({
    reader,
    readAt: stampOf(readBy, reader),
    ackedAt: stampOf(ackedBy, reader),
    downloadedAt: stampOf(downloadedBy, reader),
    isRecipient: recipients.includes(reader),
  }));
  return {
    ...{ id, from, to, type, priority, subject, body, sentAt, expiresAt, replyTo, ackBy, automatic, attachment },
    receipts,
    missing: missingAcks(readers, message, now).length,
  };
}

const stampOf = (receipts: Message['readBy'], reader: string): Time | null =>
  (Object.hasOwn(receipts, reader) ? receipts[reader] : null) ?? null;
