/** One wish, as a file of the inbox holds it, done at once; the answer says what became of it. */
import { type CommandWish, closed, type JobWish, publishedSchema, roleForWish, validate } from '@gityard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { allows } from '../access/roles.ts';
import { deskAsker, USED_KEY } from '../ask-desk.ts';
import type { CommandOutcome } from '../desks.ts';
import { endpoint, type ObjectSchema } from '../endpoint.ts';
import { type Problem, sendProblem } from '../problem.ts';
import { failedBy } from '../refused.ts';
import { traceparentIn } from '../request-span.ts';
import { nullable, text } from '../schemas.ts';

const APPLIED = closed({ state: { const: 'applied' }, commit: nullable(text), id: text }, ['state', 'commit']);
const REFUSED = closed({ state: { const: 'refused' }, code: text, reason: text }, ['state', 'code', 'reason']);

const WISH: ObjectSchema & { readonly anyOf: readonly object[] } = {
  ...{ type: 'object', properties: {}, required: [] },
  anyOf: [described('queue-job'), described('queue-command')],
};

export const commands = endpoint({
  method: 'POST',
  url: '/api/v1/commands',
  name: 'giveCommand',
  tag: 'yard',
  summary: 'One wish, as a file of the inbox holds it, done at once',
  description: 'A job to add, or a command on something that exists; both are described in the schemas of the yard.',
  access: 'Developer',
  idempotent: true,
  minds: 'namespaces',
  body: WISH,
  answers: {
    200: { description: 'What became of it.', schema: { anyOf: [APPLIED, REFUSED] } },
    409: { description: 'The idempotency key was used for another command.' },
  },
  handle: ({ options: { desk } }) => {
    if (!desk) return undefined;
    const ask = deskAsker(desk);
    return async ({ body, request, reply }) => {
      const { caller } = request;
      const wish = wishIn(body);
      if (!wish.ok) return sendProblem(reply, { status: 400, code: 'INVALID_DATA', detail: wish.reason });
      const needed = roleForWish(wish.value);
      if (!caller || !allows(needed, { role: caller.role, open: false })) return sendProblem(reply, needs(needed));

      const outcome = await ask({ wish: inTraceOf(request, wish.value), request, known: body });
      return outcome ? answered(reply, outcome) : sendProblem(reply, USED_KEY);
    };
  },
});

/** A job belongs to the trace of the request that asks for it, unless its author says otherwise. */
const inTraceOf = ({ headers }: FastifyRequest, wish: JobWish | CommandWish): JobWish | CommandWish =>
  'op' in wish ? wish : { ...wish, traceparent: wish.traceparent ?? traceparentIn(headers) };

function answered(reply: FastifyReply, outcome: CommandOutcome): FastifyReply {
  if (outcome.state === 'failed') return sendProblem(reply, failedBy(outcome));
  return reply.header('cache-control', 'no-store').send(outcome);
}

type Checked =
  | { readonly ok: true; readonly value: JobWish | CommandWish }
  | { readonly ok: false; readonly reason: string };

/** By the validators of the yard, whose words people know from its files. */
function wishIn(body: unknown): Checked {
  return typeof body === 'object' && body !== null && 'op' in body
    ? validate('queue-command', body)
    : validate('queue-job', body);
}

function described(name: 'queue-job' | 'queue-command'): object {
  const { $schema: _, ...schema } = publishedSchema(name) as Record<string, unknown>;
  return schema;
}

const needs = (role: string): Problem => ({
  status: 403,
  code: 'DENIED',
  detail: `this command needs the role ${role}`,
});
