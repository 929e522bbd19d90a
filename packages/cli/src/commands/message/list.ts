/** Messages in lists: all or the unread ones, a thread, and what a search finds. */
import { idFrom, isRecipient, isUnread, MESSAGE_TYPES, type Message, messageView, type State } from '@gityard/domain';
import { type Answer, answer, type Command, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { usageError } from '../../errors.ts';
import { argument, flag, oneOf, option, wholeNumber } from '../../parameters.ts';
import { messageInFull, messageTable } from '../../text/message-text.ts';
import { findMessage } from '../../yard/find.ts';
import { newestFirst } from '../../yard/newest-first.ts';

export const list: Command = defineCommand({
  name: 'message list',
  summary: 'messages, newest first',
  details: 'With --agent only those for that agent, with --unread only what it has not read.',
  example: 'gityard message list --unread --agent build1',
  parameters: {
    unread: flag('only what the agent has not read'),
    limit: wholeNumber('N', 'at most so many', { minimum: 1 }),
  },
  run: async (context, { unread, limit = Number.POSITIVE_INFINITY }) => {
    const { state } = await context.yard();
    const { id: reader } = await context.identity();
    const mine = context.flags.agent !== undefined;
    const now = context.now();
    const chosen = newestFirst(state.messages).filter((it) =>
      unread ? isUnread(state, it, reader, now) : !mine || isRecipient(state, it, reader),
    );
    return listed(context, chosen.slice(0, limit));
  },
});

export const search: Command = defineCommand({
  name: 'message search',
  summary: 'find messages by their words',
  details: 'All words must be there, in the subject or the body. --agent: only from or for that agent.',
  example: 'gityard message search --query "disk full" --type error',
  parameters: { query: option('words', 'what to look for'), type: oneOf(MESSAGE_TYPES, 'only of this kind') },
  run: async (context, { query, type }) => {
    if (query === undefined) throw usageError('--query is missing', 'give the words to look for');
    const { state } = await context.yard();
    const { agent } = context.flags;
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const found = newestFirst(state.messages).filter(
      (it) => holds(it, words) && (type === undefined || it.type === type) && concerns(state, agent, it),
    );
    return listed(context, found);
  },
});

export const thread: Command = defineCommand({
  name: 'message thread',
  summary: 'a message with all its answers',
  example: 'gityard message thread 01k9x',
  parameters: { id: argument('id', 'any message of it, or its beginning') },
  run: async (context, { id }) => {
    const { state } = await context.yard();
    const messages = threadOf(state, findMessage(state, id));
    return answer(messages.map(messageView), () =>
      messages.flatMap((it, at) => [...(at === 0 ? [] : [[]]), ...messageInFull(it)]),
    );
  },
});

async function listed(context: Context, messages: readonly Message[]): Promise<Answer> {
  const { id: reader } = await context.identity();
  const { state } = await context.yard();
  const now = context.now();
  const unread = new Set(messages.filter((it) => isUnread(state, it, reader, now)));
  return answer(messages.map(messageView), () => messageTable(messages, { unread, now }));
}

const holds = ({ subject, body }: Message, words: readonly string[]): boolean => {
  const text = `${subject}\n${body}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

const concerns = (state: State, agent: string | undefined, message: Message): boolean =>
  agent === undefined || idFrom(message.from) === idFrom(agent) || isRecipient(state, message, agent);

/** Up to the first message of it, then down to all answers, oldest first. Ids are of one yard, so a ring is a broken file. */
function threadOf(state: State, message: Message): Message[] {
  let root = message;
  const climbed = new Set<string>();
  for (let up = parentOf(state, root); up && !climbed.has(up.id); up = parentOf(state, root)) {
    climbed.add(up.id);
    root = up;
  }
  const members = new Set([root.id]);
  const oldestFirst = newestFirst(state.messages).reverse();
  for (let grown = 0; grown < members.size; ) {
    grown = members.size;
    for (const it of oldestFirst) if (it.replyTo !== null && members.has(it.replyTo)) members.add(it.id);
  }
  return oldestFirst.filter((it) => members.has(it.id));
}

const parentOf = (state: State, { replyTo }: Message): Message | undefined =>
  replyTo === null ? undefined : state.messages.get(replyTo);
