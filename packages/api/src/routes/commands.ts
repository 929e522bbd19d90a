/** `POST /api/v1/commands`: one wish, as a file of the inbox holds it, done at once; the answer says what became of it. */
import { type CommandWish, type JobWish, validate } from '@gityard/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CommandOutcome } from '../options.ts';
import { onlyFromOurPage } from '../page-guard.ts';
import { type Problem, sendProblem } from '../problem.ts';
import { Receipts } from '../receipts.ts';
import type { RouteContext } from './route.ts';

export function commands(app: FastifyInstance, { options: { desk }, sessions }: RouteContext): void {
  if (!desk) return;
  const receipts = new Receipts();
  const onlyWithSession = async (request: FastifyRequest, reply: FastifyReply) =>
    sessions.idOf(request) === undefined ? sendProblem(reply, NO_SESSION) : undefined;

  app.post('/api/v1/commands', { onRequest: [onlyFromOurPage, onlyWithSession] }, async (request, reply) => {
    const body = JSON.stringify(request.body);
    const wish = wishIn(request.body);
    if (!wish.ok) return sendProblem(reply, { status: 400, code: 'INVALID_DATA', detail: wish.reason });
    const key = request.headers['idempotency-key'];
    if (key !== undefined && !isKey(key)) return sendProblem(reply, NO_KEY);

    const prepare = () => desk.prepare(wish.value, sessions.nameOf(request) ?? '');
    const taken =
      key === undefined ? prepare()() : receipts.take({ key: `${sessions.idOf(request)} ${key}`, body, prepare });
    if (!taken) return sendProblem(reply, USED_KEY);
    return answered(reply, await taken);
  });
}

function answered(reply: FastifyReply, outcome: CommandOutcome): FastifyReply {
  if (outcome.state === 'failed')
    return sendProblem(reply, { status: 503, code: outcome.code, detail: outcome.reason });
  return reply.header('cache-control', 'no-store').send(outcome);
}

type Checked =
  | { readonly ok: true; readonly value: JobWish | CommandWish }
  | { readonly ok: false; readonly reason: string };

function wishIn(body: unknown): Checked {
  const isCommand = typeof body === 'object' && body !== null && 'op' in body;
  return isCommand ? validate('queue-command', body) : validate('queue-job', body);
}

const isKey = (word: unknown): word is string => typeof word === 'string' && /^[\x21-\x7e]{1,200}$/.test(word);

const NO_SESSION: Problem = {
  status: 401,
  code: 'DENIED',
  detail: 'this page may only look; to act, open the address that gityard printed when it was started',
  headers: { 'www-authenticate': 'Session' },
};
const NO_KEY: Problem = {
  status: 400,
  code: 'USAGE',
  detail: 'an idempotency key has up to 200 letters and no spaces',
};
const USED_KEY: Problem = {
  status: 409,
  code: 'CONFLICT',
  detail: 'that idempotency key was used for another command',
};
