/** Tells something to an agent, to a role of yard.json, or to all. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { MESSAGE_PRIORITIES, MESSAGE_TYPES, messageView } from '@gityard/domain';
import { newId } from '@gityard/yard';
import { answer, defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { usageError } from '../errors.ts';
import { duration, oneOf, option } from '../parameters.ts';
import { good, line } from '../text/lines.ts';
import { act } from '../yard/act.ts';
import { findMessage } from '../yard/find.ts';

export const command = defineCommand({
  name: 'message send',
  summary: 'tell something to an agent, a role or all',
  example: 'gityard message send --to all --subject "Disk swap at 14:00" --priority high --ack-by 1h',
  acts: true,
  parameters: {
    from: option('name', 'who speaks; else the agent'),
    to: option('agent|role|all', 'who is spoken to'),
    subject: option('text', 'what it is about'),
    body: option('text', 'the text; "-" reads standard input'),
    file: option('path', 'a file that holds the text'),
    type: oneOf(MESSAGE_TYPES, 'what kind of message; else info'),
    priority: oneOf(MESSAGE_PRIORITIES, 'how urgent; else normal'),
    replyTo: option('id', 'the message that this one answers'),
    ackBy: duration('time', 'it must be acknowledged within'),
    expires: duration('time', 'it means nothing after'),
  },
  run: async (context, args) => {
    if (args.to === undefined) throw usageError('--to is missing', 'give an agent, a role, or all');
    const body = await bodyOf(context, args);
    if (args.subject === undefined && body === '')
      throw usageError('there is nothing to say', 'give --subject, --body or --file');
    const from = args.from ?? (await context.identity()).id;
    const replyTo = args.replyTo === undefined ? undefined : findMessage((await context.yard()).state, args.replyTo).id;
    const now = context.now();
    const later = (ms: number | undefined) =>
      ms === undefined ? undefined : new Date(Date.parse(now) + ms).toISOString();
    const { to, subject = '', type, priority } = args;
    const message = {
      from,
      to,
      subject,
      body,
      type,
      priority,
      replyTo,
      ackBy: later(args.ackBy),
      expiresAt: later(args.expires),
    };
    return act(context, 'send', { id: newId(), message, now }, ({ result, commit }) =>
      answer({ ...messageView(result), commit }, () => [line('message ', good(result.id), ` is sent to ${result.to}`)]),
    );
  },
});

interface Body {
  readonly body: string | undefined;
  readonly file: string | undefined;
}

async function bodyOf({ io }: Context, { body, file }: Body): Promise<string> {
  if (body !== undefined && file !== undefined)
    throw usageError('both --body and --file were given', 'give one of them');
  if (body === '-') return text(io.stdin);
  if (file === undefined) return body ?? '';
  return readFile(resolve(io.cwd, file), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT' ? usageError(`--file ${file} is not there`) : cause;
  });
}
