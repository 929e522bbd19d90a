/** How many messages there are, of which kinds, and who has not read theirs. */
import { isPast, isUnread, type Message, missingAcks, type State, type Time } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { dim, type Line, line } from '../../text/lines.ts';
import { table } from '../../text/table.ts';
import { plural } from '../../text/words.ts';

export const command = defineCommand({
  name: 'message stats',
  summary: 'how many messages, and who has not read them',
  example: 'gityard message stats',
  parameters: {},
  run: async (context) => {
    const stats = statsOf((await context.yard()).state, context.now());
    return answer(stats, () => drawn(stats));
  },
});

function statsOf(state: State, now: Time) {
  const messages = [...state.messages];
  const unreadOf = (agent: string) => messages.filter((it) => isUnread(state, it, agent, now)).length;
  const awaiting = messages.filter((it) => missingAcks(state, it, now).length > 0);
  const agents = [...state.agents].map((it) => it.id).sort();
  return {
    total: messages.length,
    byType: countBy(messages, (it) => it.type),
    byPriority: countBy(messages, (it) => it.priority),
    awaitingAck: awaiting.length,
    ackOverdue: awaiting.filter((it) => it.ackBy !== null && isPast(it.ackBy, now)).length,
    unreadBy: Object.fromEntries(agents.map((agent) => [agent, unreadOf(agent)])),
  };
}

function countBy(messages: readonly Message[], keyOf: (message: Message) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const message of messages) counts[keyOf(message)] = (counts[keyOf(message)] ?? 0) + 1;
  return counts;
}

function drawn({ total, byType, byPriority, awaitingAck, ackOverdue, unreadBy }: ReturnType<typeof statsOf>): Line[] {
  const words = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ');
  const rows = Object.entries(unreadBy).map(([agent, count]) => [agent, String(count)]);
  return [
    [plural(total, 'message')],
    line(dim('types       '), words(byType)),
    line(dim('priorities  '), words(byPriority)),
    line(dim('to be acked '), `${awaitingAck}, of which ${ackOverdue} overdue`),
    ...(rows.length === 0 ? [] : [[], ...table({ heads: ['agent', 'unread'], rows })]),
  ];
}
