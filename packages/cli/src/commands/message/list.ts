/** Messages in lists: all or the unread ones, and what a search finds. */
import { holdsAll, isRecipient, type Message, messageView } from '@gityard/domain';
import { type Answer, answer, type Command, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { usageError } from '../../errors.ts';
import { flag, option } from '../../parameters.ts';
import { messageTable } from '../../text/message-text.ts';
import { concerns, filteredMessages, MESSAGE_FILTER, unreadFor } from '../../yard/message-filter.ts';

export const list: Command = defineCommand({
  name: 'message list',
  summary: 'messages, newest first',
  details: 'With --agent only those for that agent, with --unread only what it has not read.',
  example: 'gityard message list --unread --agent build1',
  parameters: { unread: flag('only what the agent has not read'), ...MESSAGE_FILTER },
  run: async (context, { unread, ...filter }) => {
    const yard = await context.yard();
    const { state } = yard;
    const { id: reader } = await context.identity();
    const now = context.now();
    const isUnread = unreadFor(state, reader, now);
    const mine = context.flags.agent !== undefined;
    const fits = (it: Message) => (unread ? isUnread(it) : !mine || isRecipient(state, it, reader));
    return listed(context, filteredMessages(yard, filter, { now, fits }));
  },
});

export const search: Command = defineCommand({
  name: 'message search',
  summary: 'find messages by their words',
  details: 'All words must be there, in the subject or the body. --agent: only from or for that agent.',
  example: 'gityard message search --query "disk full" --type error --since 7d --archived',
  parameters: { query: option('words', 'what to look for'), ...MESSAGE_FILTER },
  run: async (context, { query, ...filter }) => {
    if (query === undefined) throw usageError('--query is missing', 'give the words to look for');
    const yard = await context.yard();
    const { agent } = context.flags;
    const fits = (it: Message) =>
      holdsAll(`${it.subject}\n${it.body}`, query) && (agent === undefined || concerns(yard.state, it, agent));
    return listed(context, filteredMessages(yard, filter, { now: context.now(), fits }));
  },
});

async function listed(context: Context, messages: readonly Message[]): Promise<Answer> {
  const { id: reader } = await context.identity();
  const { state } = await context.yard();
  const now = context.now();
  const unread = new Set(messages.filter(unreadFor(state, reader, now)));
  return answer(messages.map(messageView), () => messageTable(messages, { unread, now }));
}
