/** A message of whoever calls to agents, a role, or all. */
import { closed, MESSAGE_PRIORITIES, MESSAGE_TYPES } from '@gityard/domain';
import { commanderIn } from '../ask-desk.ts';
import { endpoint } from '../endpoint.ts';
import { keyedId } from '../keyed-id.ts';
import { type Problem, sendProblem } from '../problem.ts';
import { failedBy, refusedBy } from '../refused.ts';
import { nullable, text } from '../schemas.ts';

export const sendMessage = endpoint({
  method: 'POST',
  url: '/api/v1/messages',
  name: 'sendMessage',
  tag: 'yard',
  summary: 'Tells something to an agent, a role, or all',
  description:
    'In the name of whoever calls. A text that begins with "/" would be a command in a message, and is refused: POST /api/v1/commands ' +
    'is for those. The same Idempotency-Key of the same caller is the same message.',
  access: 'Developer',
  idempotent: true,
  body: closed(
    {
      to: { ...text, minLength: 1, maxLength: 255, description: 'an agent, "all", or a role of yard.json' },
      subject: { ...text, minLength: 1, maxLength: 500 },
      body: { ...text, maxLength: 100_000, default: '' },
      type: { enum: MESSAGE_TYPES, default: 'info' },
      priority: { enum: MESSAGE_PRIORITIES, default: 'normal' },
      replyTo: { ...nullable({ ...text, maxLength: 100 }), default: null, description: 'the message that it answers' },
    },
    ['to', 'subject'],
  ),
  answers: {
    201: { description: 'It is sent, and in the history.', schema: closed({ id: text }, ['id']) },
    404: { description: 'There is no message that it could answer.' },
    409: { description: 'That Idempotency-Key is of another message.' },
  },
  handle: ({ options: { messages } }) =>
    messages &&
    (async ({ body, request, reply }) => {
      if (body.body.trimStart().startsWith('/')) return sendProblem(reply, A_COMMAND);
      const key = keyedId(request, 'message');
      const sent = await messages.send({ ...body, ...(key !== undefined && { key }), from: commanderIn(request).name });
      if (sent.state === 'failed') return sendProblem(reply, failedBy(sent));
      if (sent.state === 'refused') return sendProblem(reply, refusedBy(sent));
      return reply.code(201).header('cache-control', 'no-store').send({ id: sent.id });
    }),
});

const A_COMMAND: Problem = {
  status: 400,
  code: 'INVALID_DATA',
  detail: 'body begins with "/" and would be a command; POST /api/v1/commands takes commands',
};
