/** Tells something to an agent, to a role of yard.json, or to all. */
import { after, MESSAGE_PRIORITIES, MESSAGE_TYPES, messageView } from '@gityard/domain';
import { newId } from '@gityard/yard';
import { answer, defineCommand } from '../../command.ts';
import { usageError } from '../../errors.ts';
import { readBody } from '../../message-body.ts';
import { duration, oneOf, option, textOption } from '../../parameters.ts';
import { checkedName } from '../../start/identity.ts';
import { good, line } from '../../text/lines.ts';
import { act } from '../../yard/act.ts';
import { findMessage } from '../../yard/find.ts';
import { namingFlags } from '../../yard/naming-flags.ts';
import { type Reached, reach, wholeId } from '../../yard/spool.ts';

export const command = defineCommand({
  name: 'message send',
  summary: 'tell something to an agent, a role or all',
  example: 'gityard message send --to all --subject "Disk swap at 14:00" --priority high --ack-by 1h',
  acts: true,
  parameters: {
    from: option('name', 'who speaks; else the agent'),
    to: option('agent|role|all', 'who is spoken to'),
    subject: textOption('text', 'what it is about'),
    body: textOption('text', 'the text; "-" reads standard input'),
    file: option('path', 'a file that holds the text'),
    type: oneOf(MESSAGE_TYPES, 'what kind of message; else info'),
    priority: oneOf(MESSAGE_PRIORITIES, 'how urgent; else normal'),
    replyTo: option('id', 'the message that this one answers'),
    ackBy: duration('time', 'it must be acknowledged within'),
    expires: duration('time', 'it means nothing after'),
  },
  run: async (context, args) => {
    if (args.to === undefined) throw usageError('--to is missing', 'give an agent, a role, or all');
    const seen = await reach(context, 'send');
    const to = recipient(args.to, seen);
    const body = await readBody(context.io, args);
    if (args.subject === undefined && body === '')
      throw usageError('there is nothing to say', 'give --subject, --body or --file');
    const from = args.from ?? (await context.identity()).id;
    const replyTo = args.replyTo === undefined ? undefined : answered(args.replyTo, seen);
    const now = context.now();
    const later = (ms: number | undefined) => (ms === undefined ? undefined : after(now, ms));
    const { subject = '', type, priority } = args;
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
    const reply = await act(context, 'send', { id: newId(), message }, ({ result, commit }) =>
      answer({ ...messageView(result), commit }, () => [line('message ', good(result.id), ` is sent to ${result.to}`)]),
    );
    return namingFlags(reply, FLAGS);
  },
});

/** Whether a name with capitals is a role can only be told by the yard. */
function recipient(to: string, { yard, ...rest }: Reached): string {
  if (yard && Object.hasOwn(yard.state.yard.roles, to)) return to;
  const name = checkedName(to, '--to');
  if ('away' in rest && name !== to) throw rest.away;
  return name;
}

const answered = (id: string, seen: Reached): string =>
  seen.yard ? findMessage(seen.yard.state, id).id : wholeId(id, seen.away);

/** The fields of a message that its writer gives by flags, under the names of the flags. */
const FLAGS = { from: 'from', to: 'to', subject: 'subject', body: 'body' } as const;
