/** The rules of yard.json with who can follow them, and what they have told lately. */
import { agentHealth, type Notification, type State, type Time } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { dim, type Line, type Span, warn } from '../../text/lines.ts';
import { table } from '../../text/table.ts';
import { agoText } from '../../text/words.ts';

export const command = defineCommand({
  name: 'notify list',
  summary: 'what is told to people, and who can tell it',
  example: 'gityard notify list',
  parameters: {},
  run: async (context) => {
    const state = await context.look();
    const rows = state.yard.notifications.map((it) => rowOf(state, it, context.now()));
    return answer(rows, () => drawn(rows, context.now()));
  },
});

function rowOf(state: State, { name, channel, when, maxPerHour, coolDownMinutes }: Notification, now: Time) {
  const servers = [...state.heartbeats].filter(
    (it) => it.channels.includes(channel) && agentHealth(it, now, state.yard) !== 'silent',
  );
  const notices = state.notices.get(name);
  const told = Object.entries(notices?.told ?? {}).map(([key, it]) => ({ key, ...it }));
  return {
    name,
    channel,
    when,
    maxPerHour,
    coolDownMinutes,
    agents: servers.map((it) => it.agent).sort(),
    lastSentAt: notices?.sentAt.at(-1) ?? null,
    told,
  };
}

function drawn(rows: readonly ReturnType<typeof rowOf>[], now: Time): Line[] {
  if (rows.length === 0) return [[dim('none yet: "notifications" of yard.json')]];
  const nobody: Span = warn('no agent knows it');
  return table({
    heads: ['rule', 'when', 'channel', 'told by', 'last', 'open now'],
    rows: rows.map((it) => [
      it.name,
      it.when.join(', '),
      it.channel,
      it.agents.length === 0 ? nobody : it.agents.join(', '),
      agoText(it.lastSentAt, now),
      String(it.told.filter((one) => one.state === 'open').length),
    ]),
  });
}
