/** Fetches the file that a message brings, proves that it is as it was sent, and leaves a receipt of the download. */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isRecipient, type Message, messageView } from '@gityard/domain';
import { fetchAttachment } from '@gityard/yard';
import { answer, defineCommand, type Reply } from '../../command.ts';
import type { Context } from '../../context.ts';
import { CliError } from '../../errors.ts';
import { argument, option } from '../../parameters.ts';
import { makeFolder } from '../../start/make-folder.ts';
import { good, line } from '../../text/lines.ts';
import { plural } from '../../text/words.ts';
import { act, foretell } from '../../yard/act.ts';
import { findMessageAnywhere } from '../../yard/find.ts';

export const command = defineCommand({
  name: 'message get',
  summary: 'fetch the file that a message brings',
  details: 'Never overwrites a file. The sender sees in message show who has it.',
  example: 'gityard message get 01k9x --out downloads',
  acts: true,
  parameters: {
    id: argument('id', 'the message, or the beginning of its id'),
    out: option('folder', 'where to put it; else the current folder'),
  },
  run: async (context, args) => {
    const yard = await context.yard();
    const message = findMessageAnywhere(yard, args.id);
    const content = await fetchAttachment(yard, message);
    if (context.flags.dryRun) return foretold(context, message);
    const folder = resolve(context.io.cwd, args.out ?? '.');
    const path = await put(folder, message.attachment?.name ?? '', content);
    return told(context, message, path);
  },
});

/** The name came through its schema, so it is one of a file in that folder. */
async function put(folder: string, name: string, content: Uint8Array): Promise<string> {
  await makeFolder(folder);
  const path = join(folder, name);
  try {
    await writeFile(path, content, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new CliError('CONFLICT', `${path} is there already`, { hint: 'name another folder with --out' });
  }
  return path;
}

/** Whoever is no recipient may fetch it all the same, and leaves no receipt. */
async function foretold(context: Context, message: Message): Promise<Reply> {
  const receipt = await receiptOf(context, message);
  if (await leavesReceipt(context, receipt)) return foretell(context, 'download', receipt);
  const summary = `fetch ${message.attachment?.name ?? ''} of message ${message.id}, and leave no receipt`;
  const value = { dryRun: true, id: message.id, commit: null, operation: 'download', summary, changes: [] };
  return answer(value, () => [line(`would ${summary}`)]);
}

async function told(context: Context, message: Message, path: string): Promise<Reply> {
  const receipt = await receiptOf(context, message);
  const shown = (it: Message) =>
    answer({ ...messageView(it), file: path }, () => [
      line(good(path), ` ${plural(it.attachment?.sizeBytes ?? 0, 'byte')}, as they were sent`),
    ]);
  return (await leavesReceipt(context, receipt))
    ? act(context, 'download', receipt, ({ result }) => shown(result))
    : shown(message);
}

/** Only recipients do, and nothing is changed any more in the archive. */
async function leavesReceipt(context: Context, { messageId, reader }: Receipt): Promise<boolean> {
  const { state } = await context.yard();
  const message = state.messages.get(messageId);
  return message !== undefined && isRecipient(state, message, reader);
}

type Receipt = Awaited<ReturnType<typeof receiptOf>>;
const receiptOf = async (context: Context, { id: messageId }: Message) => ({
  messageId,
  reader: (await context.identity()).id,
});
