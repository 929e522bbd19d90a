/** Tells something to an agent, to a role of yard.json, or to all, with a file where one is given. */
import { after, MESSAGE_PRIORITIES, MESSAGE_TYPES, messageView } from '@gityard/domain';
import { newId, publishAttachment } from '@gityard/yard';
import { answer, defineCommand, type Reply } from '../../command.ts';
import type { Context } from '../../context.ts';
import { usageError } from '../../errors.ts';
import { readBody } from '../../message-body.ts';
import { duration, flag, oneOf, option, textOption } from '../../parameters.ts';
import { checkedName } from '../../start/identity.ts';
import { good, line } from '../../text/lines.ts';
import { act, decisionOn } from '../../yard/act.ts';
import { findMessageAnywhere } from '../../yard/find.ts';
import { readMessageFile } from '../../yard/message-file.ts';
import { namingFlags } from '../../yard/naming-flags.ts';
import { type Reached, reach, wholeId } from '../../yard/spool.ts';

export const command = defineCommand({
  name: 'message send',
  summary: 'tell something to an agent, a role or all',
  details:
    'The same words to the same recipient within messages.dedupeSeconds (300) are one message, and so is what comes again under its --key: the first is the answer. ' +
    'A body that begins with /task, /tasklist, /taskstatus, /approve, /reject or /msg <agent> exec is a command, and answered.',
  example: 'gityard message send --to all --subject "Disk swap at 14:00" --priority high --ack-by 1h',
  acts: true,
  parameters: {
    from: option('name', 'who speaks; else the agent'),
    to: option('agent|role|all', 'who is spoken to; else who sent what this one answers'),
    subject: textOption('text', 'what it is about'),
    body: textOption('text', 'the text; "-" reads standard input'),
    bodyFile: option('path', 'a file that holds the text'),
    file: option('path', 'a file that goes along; fetched with gityard message get'),
    type: oneOf(MESSAGE_TYPES, 'what kind of message; else info'),
    priority: oneOf(MESSAGE_PRIORITIES, 'how urgent; else normal'),
    replyTo: option('id', 'the message that this one answers'),
    ackBy: duration('time', 'it must be acknowledged within; then others are told'),
    expires: duration('time', 'it means nothing after'),
    key: option('key', 'what names it, so that it is sent once however often you ask'),
    automatic: flag('a program wrote it: no rule answers it'),
  },
  run: async (context, args) => {
    if (args.to === undefined && args.replyTo === undefined)
      throw usageError('--to is missing', 'give an agent, a role, or all');
    const seen = await reach(context, 'send');
    const to = args.to === undefined ? sender(args.replyTo ?? '', seen) : recipient(args.to, seen);
    const body = await readBody(context.io, args);
    if (args.subject === undefined && body === '' && args.file === undefined)
      throw usageError('there is nothing to say', 'give --subject, --body, --body-file or --file');
    const from = args.from ?? (await context.identity()).id;
    const now = context.now();
    const later = (ms: number | undefined) => (ms === undefined ? undefined : after(now, ms));
    const { subject = '', type, priority, key, automatic } = args;
    const dates = { ackBy: later(args.ackBy), expiresAt: later(args.expires) };
    const { replyTo, answersArchived } = answered(args.replyTo, seen);
    const said = { from, to, subject, body, type, priority, key, automatic, replyTo, ...dates };
    const wish = { id: newId(), message: said, answersArchived };
    return namingFlags(
      await (args.file === undefined ? send(context, wish) : withFile(context, wish, args.file)),
      FLAGS,
    );
  },
});

type Wish = Parameters<typeof act<'send'>>[2];

const send = (context: Context, wish: Wish): Promise<Reply> =>
  act(context, 'send', wish, ({ result, commit }) => {
    const deduplicated = result.id !== wish.id;
    return answer({ ...messageView(result), commit, deduplicated }, () =>
      deduplicated
        ? [line('message ', good(result.id), ' says so already; nothing was sent')]
        : [line('message ', good(result.id), ` is sent to ${result.to}`)],
    );
  });

/** Published first, so that nobody sees a message whose file is not there; and not at all when the message would be refused. */
async function withFile(context: Context, wish: Wish, path: string): Promise<Reply> {
  const yard = await context.yard();
  const { described, file } = await readMessageFile(context, yard, { path, messageId: wish.id });
  const full = { ...wish, message: { ...wish.message, attachment: described } };
  const { reason, flags } = context;
  const input = { ...full, now: context.now() };
  const decision = await decisionOn(yard, { name: 'send', input, reason, allowSecrets: flags.allowSecrets });
  if (!decision.ok) return decision;
  if (!flags.dryRun && decision.changes.length > 0) await publishAttachment(yard, file);
  return send(context, full);
}

/** Whether a name with capitals is a role can only be told by the yard. */
function recipient(to: string, { yard, ...rest }: Reached): string {
  if (yard && Object.hasOwn(yard.state.yard.roles, to)) return to;
  const name = checkedName(to, '--to');
  if ('away' in rest && name !== to) throw rest.away;
  return name;
}

/** Who is answered when nobody else is named. */
function sender(id: string, seen: Reached): string {
  if (!seen.yard) throw seen.away;
  return findMessageAnywhere(seen.yard, id).from;
}

function answered(id: string | undefined, seen: Reached): { replyTo?: string; answersArchived?: boolean } {
  if (id === undefined) return {};
  if (!seen.yard) return { replyTo: wholeId(id, seen.away) };
  const replyTo = findMessageAnywhere(seen.yard, id).id;
  return { replyTo, answersArchived: !seen.yard.state.messages.has(replyTo) };
}

/** The fields of a message that its writer gives by flags, under the names of the flags. */
const FLAGS = { from: 'from', to: 'to', subject: 'subject', body: 'body', key: 'key', attachment: 'file' } as const;
