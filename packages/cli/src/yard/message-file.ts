/** The file of a message, from a path to what the message says of it. */
import { basename, resolve } from 'node:path';
import { describeAttachment, type PublishAttachment, type Yard } from '@gityard/yard';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { readFileUpTo } from '../read-up-to.ts';

export interface MessageFile {
  readonly described: Awaited<ReturnType<typeof describeAttachment>>;
  /** To be published before the message is sent. */
  readonly file: PublishAttachment;
}

export async function readMessageFile(
  context: Context,
  yard: Yard,
  { path, messageId }: { readonly path: string; readonly messageId: string },
): Promise<MessageFile> {
  const { attachmentKB } = yard.state.yard.messages;
  const mostBytes = attachmentKB * 1024;
  const content = await readFileUpTo(resolve(context.io.cwd, path), { mostBytes, what: `--file ${path}` });
  if (!content)
    throw new CliError('TOO_LARGE', `${path} has more than ${mostBytes} bytes (messages.attachmentKB of yard.json)`, {
      hint: 'put it into a repository or on a server, and send its address',
    });
  const { allowSecrets } = context.flags;
  const file = { messageId, name: basename(resolve(context.io.cwd, path)), content, allowSecrets };
  return { described: await describeAttachment(yard, file), file };
}
