/** A conversation whole, from its first message on, whether it lies in the archive by now or not. */
import { type Message, messageView, Table } from '@gityard/domain';
import { archivedAll } from '@gityard/yard';
import { answer, type Command, defineCommand } from '../../command.ts';
import { argument } from '../../parameters.ts';
import { messageInFull } from '../../text/message-text.ts';
import { findMessageAnywhere } from '../../yard/find.ts';
import { newestFirst } from '../../yard/newest-first.ts';

export const thread: Command = defineCommand({
  name: 'message thread',
  summary: 'a message with all its answers',
  example: 'gityard message thread 01k9x',
  parameters: { id: argument('id', 'any message of it, or its beginning') },
  run: async (context, { id }) => {
    const yard = await context.yard();
    const found = findMessageAnywhere(yard, id);
    const all = [...archivedAll(yard, 'message'), ...yard.state.messages];
    const messages = threadOf(Table.of(all.map((it) => [it.id, it] as const)), found);
    return answer(messages.map(messageView), () =>
      messages.flatMap((it, at) => [...(at === 0 ? [] : [[]]), ...messageInFull(it)]),
    );
  },
});

/** Up to the first message of it, then down to all answers, oldest first. Ids are of one yard, so a ring is a broken file. */
function threadOf(all: Table<Message>, message: Message): Message[] {
  const parentOf = ({ replyTo }: Message) => (replyTo === null ? undefined : all.get(replyTo));
  let root = message;
  const climbed = new Set<string>();
  for (let up = parentOf(root); up && !climbed.has(up.id); up = parentOf(root)) {
    climbed.add(up.id);
    root = up;
  }
  const answers = new Map<string | null, Message[]>();
  for (const it of all) answers.set(it.replyTo, [...(answers.get(it.replyTo) ?? []), it]);
  // What is put into a set while it is walked is walked as well.
  const members = new Set([root]);
  for (const { id } of members) for (const it of answers.get(id) ?? []) members.add(it);
  return newestFirst(members).reverse();
}
