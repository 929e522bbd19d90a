/** Asks the desk for what an endpoint stands for, once for each `Idempotency-Key`, and tells a refusal as a problem. */
import type { CommandWish } from '@gityard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CommandDesk, Commander, CommandOutcome } from './options.ts';
import { type Problem, sendProblem } from './problem.ts';
import { Receipts } from './receipts.ts';

interface AskDesk {
  readonly wish: CommandWish;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}
/** What was said already, instead of what the endpoint would answer. */
type Said = FastifyReply | undefined;

export function deskAsker(desk: CommandDesk): (asked: AskDesk) => Promise<Said> {
  const receipts = new Receipts();
  return async ({ wish, request, reply }) => {
    const { caller, headers } = request;
    const key = headers['idempotency-key'];
    const prepare = () => desk.prepare(wish, caller ?? NOBODY);
    const outcome =
      key === undefined
        ? prepare()()
        : receipts.take({ key: `${caller?.id} ${key}`, body: JSON.stringify(wish), prepare });
    if (!outcome) return sendProblem(reply, USED_KEY);
    const problem = problemOf(await outcome);
    return problem && sendProblem(reply, problem);
  };
}

/** No endpoint that changes something lets one in whom it does not know. */
const NOBODY: Commander = { name: '', namespaces: [] };
const STATUS_OF: Readonly<Record<string, number>> = { NOT_FOUND: 404, INVALID_DATA: 400, SECRET_FOUND: 400 };

function problemOf(outcome: CommandOutcome): Problem | undefined {
  if (outcome.state === 'applied') return undefined;
  const { state, code, reason: detail } = outcome;
  if (state === 'refused') return { status: STATUS_OF[code] ?? 409, code, detail };
  return { status: 503, code, detail, headers: { 'retry-after': '5' } };
}

const USED_KEY: Problem = {
  status: 409,
  code: 'CONFLICT',
  detail: 'that idempotency key was used for another request',
};
