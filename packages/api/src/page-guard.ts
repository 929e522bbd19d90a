/**
 * What a request that changes something must show besides (guard.ts has compared its Origin): that a page of ours made it.
 * A form of another site sends no header of its own choice, and a browser names the origin of whatever it posts.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Problem, sendProblem } from './problem.ts';

const PAGE_HEADER = 'x-gityard-page';

/** For `onRequest`: before a body is read. */
export async function onlyFromOurPage(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const { headers } = request;
  if (headers.origin === undefined) return sendProblem(reply, denied('the request does not say which page it is from'));
  if (headers[PAGE_HEADER] === undefined) return sendProblem(reply, denied(`the request has no ${PAGE_HEADER} header`));
  return undefined;
}

const denied = (detail: string): Problem => ({ status: 403, code: 'DENIED', detail });
