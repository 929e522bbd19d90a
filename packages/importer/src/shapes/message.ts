/** A message of the predecessor. Its senders knew other types, longer subjects, and one read flag for all recipients. */
import { MESSAGE_PRIORITIES, MESSAGE_TYPES, type Message, type Time } from '@gityard/domain';
import { type Fields, type Item, isFields } from '../reading/items-in.ts';
import { digestOf, jsonOf, type Shape, type Shaping, unfit } from './candidate.ts';
import { has, isTrue, pick, spoken, textOf } from './fields.ts';
import { fitted } from './fitted.ts';
import { receiptsOf } from './receipts.ts';
import { notesOnSplit, recipientsIn, TO } from './recipients.ts';
import { pastTime, REPAIRS, timeInId, timeOf } from './time-of.ts';

const FROM = ['from', 'sender', 'from_server', 'source', 'server_id', 'server', 'author'] as const;
const BODY = ['body', 'message', 'content', 'text'] as const;
const SENT = ['timestamp', 'sent_at', 'sentAt', 'created_at', 'createdAt', 'date', 'time'] as const;
const SUBJECT_LENGTH = 500;

export const isMessage = (fields: Fields): boolean =>
  spoken(fields, ...BODY, 'subject') > 0 &&
  spoken(fields, 'from', 'sender', 'from_server', 'to', 'recipient', 'id') > 0;

export const messageIdOf = ({ fields, key }: Item): string | null =>
  textOf(fields, 'id', 'message_id', 'messageId', 'msg_id') ?? key;

/** Two entries of one id that agree in these are one message. */
export const MESSAGE_WORDS: readonly string[] = [...FROM, ...TO, ...BODY, ...SENT, 'subject'];

export const shapeMessage: Shape = (item, shaping) => {
  const { fields } = item;
  const notes = notesOnSplit(fields);
  const sourceId = messageIdOf(item);
  const told = timeOf(fields, notes, ...SENT);
  const sentAt = pastTime(told ?? supposedTime({ sourceId, shaping, notes }), shaping.now, notes);
  if (sentAt === null) return { outcome: 'quarantined', reason: 'says no time, and neither does its file' };
  const words = wordsOf(fields, shaping, notes);
  if (words.body.length > 100_000)
    return { outcome: 'quarantined', reason: `has a body of ${words.body.length} characters; 100000 are the most` };
  // Of what it says itself: a time that was supposed would be another one from another copy.
  const digest = digestOf(sourceId, words.from, words.to, told, words.subject, words.body);
  const checked = fitted('message', {
    ...words,
    type: typeOf(fields, notes),
    priority: priorityOf(fields, notes),
    sentAt,
    expiresAt: timeOf(fields, notes, 'expires_at', 'expiresAt', 'expires'),
    ackBy: ackTime(fields, shaping.now, notes),
    ...receiptsOf(fields, { to: words.to, sentAt, now: shaping.now, notes }),
    // Nobody is to answer it by a rule: whoever waited for an answer has stopped.
    automatic: true,
  });
  if (!checked.ok) return unfit(checked.reason);
  const answered = textOf(fields, 'reply_to', 'in_reply_to', 'replyTo', 'inReplyTo', 'parent_id');
  const refers = answered === null ? [] : [answered];
  const { value } = checked;
  return { outcome: 'taken', candidate: { kind: 'message', sourceId, at: sentAt, digest, notes, refers, value } };
};

interface Sending {
  readonly sourceId: string | null;
  readonly shaping: Shaping;
  readonly notes: string[];
}

function supposedTime({ sourceId, shaping, notes }: Sending): Time | null {
  const known = timeInId(sourceId);
  if (known !== null) notes.push('the time of a message was taken from its id');
  else if (shaping.fileTime !== null) notes.push(REPAIRS.noTime);
  return known ?? shaping.fileTime;
}

function wordsOf(
  fields: Fields,
  { server }: Shaping,
  notes: string[],
): Pick<Message, 'from' | 'to' | 'subject' | 'body'> {
  if (!has(fields, ...FROM)) notes.push('a message named no sender');
  const to = recipientsIn(fields);
  if (to.length === 0) notes.push('a message named no recipient and is taken as sent to all');
  const subject = textOf(fields, 'subject', 'title') ?? '';
  const body = bodyOf(fields);
  const isLong = subject.length > SUBJECT_LENGTH;
  if (isLong) notes.push(`a subject was longer than ${SUBJECT_LENGTH} characters and stands whole in the body`);
  return {
    from: (textOf(fields, ...FROM) ?? server ?? 'unknown').slice(0, 255),
    to: (to.length === 1 ? (to[0] ?? 'all') : 'all').slice(0, 255),
    subject: isLong ? `${subject.slice(0, SUBJECT_LENGTH - 1)}…` : subject,
    body: isLong ? `${subject}\n\n${body}` : body,
  };
}

function bodyOf(fields: Fields): string {
  const value = pick(fields, ...BODY);
  if (typeof value === 'string') return value;
  return value === undefined ? '' : (jsonOf(value) ?? '');
}

/** What else the senders of one system or the other let through. */
const TYPES: Readonly<Record<string, Message['type']>> = {
  alert: 'warning',
  warn: 'warning',
  critical: 'error',
  failure: 'error',
  success: 'info',
  status: 'info',
  notification: 'info',
  question: 'request',
  task: 'request',
  command: 'request',
  reply: 'response',
  answer: 'response',
  ack: 'response',
};

function typeOf(fields: Fields, notes: string[]): Message['type'] {
  const told = textOf(fields, 'type', 'message_type', 'kind')?.toLowerCase() ?? 'info';
  const known = MESSAGE_TYPES.find((it) => it === told);
  if (known) return known;
  const mapped = Object.hasOwn(TYPES, told) ? (TYPES[told] ?? 'info') : 'info';
  notes.push(`type "${told.slice(0, 30)}" became "${mapped}"`);
  return mapped;
}

const PRIORITIES: Readonly<Record<string, Message['priority']>> = {
  urgent: 'critical',
  emergency: 'critical',
  important: 'high',
  medium: 'normal',
  default: 'normal',
  info: 'low',
};

/** Also as the number of a job's priority: 1 is first. */
function priorityOf(fields: Fields, notes: string[]): Message['priority'] {
  const told = textOf(fields, 'priority')?.toLowerCase() ?? 'normal';
  const known = MESSAGE_PRIORITIES.find((it) => it === told);
  if (known) return known;
  const number = Number(told);
  const byNumber = number <= 1 ? 'critical' : number <= 3 ? 'high' : number <= 6 ? 'normal' : 'low';
  const byName = Object.hasOwn(PRIORITIES, told) ? PRIORITIES[told] : undefined;
  const mapped = byName ?? (Number.isInteger(number) ? byNumber : 'normal');
  notes.push(`message priority "${told.slice(0, 30)}" became "${mapped}"`);
  return mapped;
}

/** A deadline that has passed would only raise an alarm over something that is over. */
function ackTime(fields: Fields, now: Time, notes: string[]): Time | null {
  const nested = pick(fields, 'ack', 'acknowledgement');
  const deadline = timeOf(
    isFields(nested) ? { ...fields, ...nested } : fields,
    notes,
    'ack_by',
    'ack_deadline',
    'ackBy',
  );
  const isAsked = isTrue(fields, 'requires_ack', 'require_ack', 'ack_required', 'requiresAck') || deadline !== null;
  if (deadline !== null && deadline > now) return deadline;
  if (isAsked) notes.push('an acknowledgement was asked for, and its deadline is over or was never set');
  return null;
}
