/**
 * Who has read a message, as far as the predecessor knew. Its one flag was cleared for all by whoever read first, so of a
 * message to all it tells nothing; of one to a single recipient it tells that this one has read.
 */
import { idFrom, type Message, type Time } from '@gityard/domain';
import { type Fields, isFields } from '../reading/items-in.ts';
import { isTrue, pick, textOf } from './fields.ts';
import { pastTime } from './time-of.ts';
import { readTime } from './times.ts';

export interface About {
  readonly to: string;
  readonly sentAt: Time;
  readonly now: Time;
  readonly notes: string[];
}

export function receiptsOf(fields: Fields, about: About): Pick<Message, 'readBy' | 'ackedBy'> {
  const acked = {
    ...named(pick(fields, 'acked_by', 'acknowledged_by', 'ackedBy'), atOf(fields, ACKED, about), about),
    ...flagged(fields, { flag: isAcked(fields), at: atOf(fields, ACKED, about), about }),
  };
  const read = {
    ...acked,
    ...flagged(fields, { flag: isTrue(fields, 'read', 'is_read'), at: atOf(fields, READ, about), about }),
    ...named(pick(fields, 'read_by', 'readBy'), atOf(fields, READ, about), about),
  };
  return { readBy: past(read, about), ackedBy: past(acked, about) };
}

const past = (receipts: Record<string, Time>, { now, notes }: About): Record<string, Time> =>
  Object.fromEntries(Object.entries(receipts).map(([who, at]) => [who, pastTime(at, now, notes) ?? now]));

const READ = ['read_at', 'readAt'] as const;
const ACKED = ['acked_at', 'ack_at', 'acknowledged_at', 'ack_timestamp'] as const;

const isAcked = (fields: Fields): boolean =>
  isTrue(fields, 'acknowledged', 'acked') ||
  /^(completed|acknowledged|done)$/i.test(textOf(fields, 'ack_status') ?? '');

/** Without a time of its own a receipt is as old as what it is for. */
const atOf = (fields: Fields, names: readonly string[], { sentAt }: About): Time =>
  readTime(pick(fields, ...names))?.time ?? sentAt;

function named(value: unknown, at: Time, { to, notes }: About): Record<string, Time> {
  const pairs: [string, Time][] = [];
  if (Array.isArray(value)) for (const it of value) pairs.push(...pairOf(it, at));
  else if (isFields(value))
    for (const [who, when] of Object.entries(value)) pairs.push([who, readTime(when)?.time ?? at]);
  else if (typeof value === 'string') pairs.push([value, at]);
  const receipts = pairs.map(([who, when]) => [idFrom(who), when] as const).filter(([who]) => isAddressed(who, to));
  if (receipts.length < pairs.length) notes.push('a receipt of somebody who was no recipient was left out');
  return Object.fromEntries(receipts.slice(0, 1000));
}

function pairOf(value: unknown, at: Time): [string, Time][] {
  if (typeof value === 'string') return [[value, at]];
  if (!isFields(value)) return [];
  const who = textOf(value, 'server', 'server_id', 'agent', 'name', 'by');
  return who === null ? [] : [[who, readTime(pick(value, 'at', 'time', 'timestamp', 'read_at'))?.time ?? at]];
}

/** Whoever is in a role is not known here: a name that is not "all" is somebody's. */
const isAddressed = (who: string, to: string): boolean => to === 'all' || idFrom(to) === who || who !== 'all';

function flagged(fields: Fields, { flag, at, about }: { flag: boolean; at: Time; about: About }): Record<string, Time> {
  if (!flag) return {};
  if (about.to !== 'all') return { [idFrom(about.to)]: at };
  if (pick(fields, 'read_by', 'readBy', 'acked_by', 'acknowledged_by') === undefined)
    about.notes.push('the one read flag of a message to all was left out: it does not say who has read');
  return {};
}
