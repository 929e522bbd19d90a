/** The messages of a yard as a tree: what nobody has acknowledged though it was asked for, then all others, newest first. Pure. */
import type { ReadModel, Time } from '@gityard/domain';
import { group, type Icon, type Row } from './row.ts';
import { ageWords, counted, joined, plain } from './words.ts';

type MessageRow = ReadModel['messages'][number];

const ICONS: Readonly<Record<NonNullable<MessageRow['type']>, Icon>> = {
  info: { name: 'mail' },
  warning: { name: 'warning', colour: 'charts.yellow' },
  error: { name: 'error', colour: 'charts.red' },
  request: { name: 'comment', colour: 'charts.blue' },
  response: { name: 'reply' },
  heartbeat: { name: 'pulse' },
};

export function messageRows({ messages }: ReadModel, now: Time): readonly Row[] {
  const awaited = messages.filter((it) => it.missingAcks > 0 && !it.expired);
  const others = messages.filter((it) => !awaited.includes(it)).map((it) => rowOf(it, now));
  return [
    ...group('messages/awaited', {
      label: 'To be acknowledged',
      icon: { name: 'bell', colour: 'charts.yellow' },
      isOpen: true,
      children: awaited.map((it) => rowOf(it, now)),
    }),
    ...others,
  ];
}

function rowOf(message: MessageRow, now: Time): Row {
  const {
    id,
    from,
    to,
    type = 'info',
    priority = 'normal',
    subject = '',
    sentAt,
    readBy,
    missingAcks,
    expired,
  } = message;
  const urgent = priority === 'critical' || priority === 'high';
  return {
    key: `message/${id}`,
    label: subject || 'no subject',
    description: joined(
      `${from} → ${to}`,
      urgent && priority,
      missingAcks > 0 && !expired && `${counted(missingAcks, 'acknowledgement')} missing`,
      ageWords(sentAt, now),
    ),
    icon: expired ? { name: 'mail-read', colour: 'disabledForeground' } : ICONS[type],
    tooltip: [
      `**${plain(subject || 'no subject')}**`,
      plain(`${from} to ${to}, ${priority} ${type}`),
      `read by ${counted(readBy, 'recipient')}`,
    ].join('  \n'),
    context: missingAcks > 0 && !expired ? 'message.awaited' : 'message',
    target: id,
    command: 'gityard.showMessage',
  };
}
