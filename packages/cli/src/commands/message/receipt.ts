/** Reading and acknowledging: receipts of one agent, which say nothing for any other. */
import { idFrom, isRecipient, isUnread, type Message, messageView } from '@gityard/domain';
import { answer, type Command, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { argument, optionalArgument } from '../../parameters.ts';
import { line } from '../../text/lines.ts';
import { messageInFull } from '../../text/message-text.ts';
import { plural } from '../../text/words.ts';
import { act, performed } from '../../yard/act.ts';
import { findMessageAnywhere } from '../../yard/find.ts';

const id = argument('id', 'the message, or the beginning of its id');

export const read: Command = defineCommand({
  name: 'message read',
  summary: 'show a message and mark it as read',
  details: 'Only its recipients mark it; anybody else may look.',
  example: 'gityard message read 01k9x --agent build1',
  acts: true,
  parameters: { id },
  run: async (context, args) => {
    const yard = await context.yard();
    const { state } = yard;
    const message = findMessageAnywhere(yard, args.id);
    const wish = await receipt(context, message.id);
    const shown = (it: Message) => answer(messageView(it), () => messageInFull(it));
    const isArchived = !state.messages.has(message.id);
    if (isArchived || !isRecipient(state, message, wish.reader)) return shown(message);
    const reply = await act(context, 'read', wish, ({ result }) => shown(result));
    if (typeof reply === 'number' || !('ok' in reply) || reply.code !== 'NEWER_SCHEMA') return reply;
    context.note(`gityard: it is not marked as read: ${reply.reason}`);
    return shown(message);
  },
});

export const show: Command = defineCommand({
  name: 'message show',
  summary: 'show a message, and who has read it',
  details: 'Marks nothing.',
  example: 'gityard message show 01k9x',
  parameters: { id },
  run: async (context, args) => {
    const message = findMessageAnywhere(await context.yard(), args.id);
    return answer(messageView(message), () => messageInFull(message));
  },
});

export const markRead: Command = defineCommand({
  name: 'message mark-read',
  summary: 'mark a message as read',
  example: 'gityard message mark-read 01k9x --agent build1',
  acts: true,
  parameters: { id },
  run: async (context, args) =>
    act(context, 'read', await receipt(context, args.id), ({ result }) => marked(result, 'read')),
});

export const ack: Command = defineCommand({
  name: 'message ack',
  summary: 'acknowledge a message',
  example: 'gityard message ack 01k9x --agent build1',
  acts: true,
  parameters: { id },
  run: async (context, args) =>
    act(context, 'acknowledge', await receipt(context, args.id), ({ result }) => marked(result, 'acknowledged')),
});

export const markAllRead: Command = defineCommand({
  name: 'message mark-all-read',
  summary: 'mark everything as read',
  details: 'Only what is for that agent, and only for it.',
  example: 'gityard message mark-all-read build1',
  acts: true,
  parameters: { reader: optionalArgument('agent', 'whose messages; else the agent that is acted as') },
  run: async (context, args) => {
    const { state } = await context.yard();
    const reader = args.reader === undefined ? (await context.identity()).id : idFrom(args.reader);
    const now = context.now();
    const unread = [...state.messages].filter((it) => isUnread(state, it, reader, now));
    // Asked for at once, they share one commit.
    const outcomes = await Promise.all(unread.map((it) => performed(context, 'read', { messageId: it.id, reader })));
    const refused = outcomes.find((it) => !it.ok);
    if (refused && !refused.ok) return refused;
    const value = { agent: reader, dryRun: context.flags.dryRun, marked: unread.map((it) => it.id) };
    return answer(value, () => [
      line(
        `${plural(unread.length, 'message')} ${context.flags.dryRun ? 'would be' : unread.length === 1 ? 'is' : 'are'} marked as read for ${reader}`,
      ),
    ]);
  },
});

async function receipt(context: Context, messageId: string) {
  return { messageId, reader: (await context.identity()).id };
}

const marked = (message: Message, how: string) =>
  answer(messageView(message), () => [line('message ', message.id, ` is ${how}`)]);
