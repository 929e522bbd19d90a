/** Heads of messages that the snapshot no longer holds, page by page into the past, in the form that its own have. */
import { isExpired, type Message, missingAcks, type ReadModel, type Time, toTime } from '@gityard/domain';
import type { Reading } from '../question.ts';
import { idOf } from '../state-files.ts';
import { messageEntries, readMessages } from './read-messages.ts';
import { type Readers, readersOf } from './readers.ts';

type MessageHead = ReadModel['messages'][number];

export interface MessagesAsked {
  readonly at: string;
  /** Only those that are older than this one; null: from the newest on. */
  readonly before: string | null;
  readonly count: number;
}

export interface MessagesPage {
  readonly heads: readonly MessageHead[];
  /** What is older still begins before this one; null: there is nothing older. */
  readonly next: string | null;
  /** How many there are in all. */
  readonly total: number;
}

export async function messages(reading: Reading, { at, before, count }: MessagesAsked): Promise<MessagesPage> {
  const [entries, readers] = await Promise.all([messageEntries(reading, at), readersOf(reading, at)]);
  const older = before === null ? entries : entries.filter(({ path }) => idOf(path) < before);
  const page = older.slice(0, count);
  const last = page.at(-1);
  const read = await readMessages(reading, { entries: page, at });
  return {
    heads: read.map((it) => headOf(it, { readers, now: toTime(reading.now()) })),
    next: last && older.length > count ? idOf(last.path) : null,
    total: entries.length,
  };
}

function headOf(message: Message, { readers, now }: { readers: Readers; now: Time }): MessageHead {
  const { id, from, to, type, priority, subject, sentAt, readBy, ackedBy, ackBy } = message;
  return {
    ...{ id, from, to, type, priority, subject, sentAt, ackBy },
    readBy: Object.keys(readBy).length,
    ackedBy: Object.keys(ackedBy).length,
    missingAcks: missingAcks(readers, message, now).length,
    expired: isExpired(message, now),
  };
}
