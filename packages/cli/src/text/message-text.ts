/** Messages as people read them: a line each, and one in full. */
import { isExpired, type Message, type Time } from '@gityard/domain';
import { bad, bold, dim, type Line, line, paragraph, warn } from './lines.ts';
import { table } from './table.ts';
import { agoText, plural } from './words.ts';

export interface MessageMarks {
  /** By whoever looks at the list. */
  readonly unread: ReadonlySet<Message>;
  readonly now: Time;
}

export function messageTable(messages: readonly Message[], { unread, now }: MessageMarks): Line[] {
  if (messages.length === 0) return [[dim('no messages')]];
  return table({
    heads: ['message', 'sent', 'from', 'to', 'type', 'priority', '', 'subject'],
    rows: messages.map((it) => [
      it.id,
      agoText(it.sentAt, now),
      it.from,
      it.to,
      it.type === 'error' ? bad(it.type) : it.type === 'warning' ? warn(it.type) : it.type,
      it.priority === 'critical' || it.priority === 'high'
        ? bad(it.priority)
        : it.priority === 'normal'
          ? ''
          : it.priority,
      unread.has(it) ? bold('unread') : isExpired(it, now) ? dim('expired') : '',
      it.subject || firstLine(it.body),
    ]),
  });
}

export function messageInFull(message: Message): Line[] {
  const { id, from, to, type, priority, subject, body, sentAt, expiresAt, replyTo, readBy, ackedBy, ackBy } = message;
  const kind = `${type}, ${priority}${message.automatic ? ', automatic' : ''}`;
  return [
    line(bold(subject || '(no subject)')),
    line(dim(`${id}  ${kind}  from ${from} to ${to}  ${sentAt}`)),
    ...(replyTo === null ? [] : [line(dim(`answers ${replyTo}`))]),
    ...(expiresAt === null ? [] : [line(dim(`means nothing after ${expiresAt}`))]),
    ...(ackBy === null ? [] : [line(warn(`to be acknowledged by ${ackBy}`))]),
    [],
    ...(body === '' ? [] : [...paragraph(body.replace(/\n+$/, '')), []]),
    line(dim(`read by ${names(readBy)}; acknowledged by ${names(ackedBy)}`)),
    ...fileOf(message),
    ...Object.entries(message.followUps).map(([cause, it]) => line(dim(`${cause}: message ${it}`))),
  ];
}

function fileOf({ id, attachment, downloadedBy }: Message): Line[] {
  if (attachment === null) return [];
  const { name, sizeBytes, sha256 } = attachment;
  return [
    line(dim(`brings ${name}, ${plural(sizeBytes, 'byte')}, sha256 ${sha256}; gityard message get ${id}`)),
    line(dim(`downloaded by ${names(downloadedBy)}`)),
  ];
}

const names = (receipts: Readonly<Record<string, string>>): string => {
  const all = Object.keys(receipts).sort();
  return all.length > 5 ? plural(all.length, 'reader') : all.join(', ') || 'nobody';
};

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').slice(0, 80);
