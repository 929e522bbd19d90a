/** How many messages there are, of which kinds, who has not read theirs, and how well people answer. */
import { type MessageStats, messageStats } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { dim, type Line, line } from '../../text/lines.ts';
import { table } from '../../text/table.ts';
import { durationText, plural } from '../../text/words.ts';

export const command = defineCommand({
  name: 'message stats',
  summary: 'how many messages, and who has not read them',
  example: 'gityard message stats',
  parameters: {},
  run: async (context) => {
    const stats = messageStats((await context.yard()).state, context.now());
    return answer(stats, () => drawn(stats));
  },
});

function drawn(stats: MessageStats): Line[] {
  const { total, automatic, byType, byPriority, byAgent, awaitingAck, ackOverdue, escalated, ackRate } = stats;
  const rows = Object.entries(byAgent).map(([agent, it]) => [
    agent,
    String(it.sent),
    String(it.received),
    String(it.unread),
    timeText(it.medianSecondsToRead),
  ]);
  const rate = ackRate === null ? '' : `; ${Math.round(ackRate * 100)}% of what was asked for came`;
  return [
    [`${plural(total, 'message')}, ${automatic} automatic`],
    line(dim('types       '), words(byType)),
    line(dim('priorities  '), words(byPriority)),
    line(dim('read after  '), timeText(stats.medianSecondsToRead) || 'nothing was read', dim(' (median)')),
    line(dim('to be acked '), `${awaitingAck}, of which ${ackOverdue} overdue, ${escalated} escalated${rate}`),
    ...(rows.length === 0
      ? []
      : [[], ...table({ heads: ['agent', 'sent', 'received', 'unread', 'read after'], rows })]),
  ];
}

const timeText = (seconds: number | null): string => (seconds === null ? '' : durationText(seconds * 1000));

const words = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
