/**
 * What a request that changes something must show besides (guard.ts has compared its Origin): that a page of ours made it.
 * A form of another site sends no header of its own choice, and a browser names the origin of whatever it posts.
 */
import type { FastifyRequest } from 'fastify';
import type { Problem } from './problem.ts';

const PAGE_HEADER = 'x-gityard-page';

/** undefined: one did. */
export function notFromOurPage({ headers }: FastifyRequest): Problem | undefined {
  if (headers.origin === undefined) return denied('the request does not say which page it is from');
  if (headers[PAGE_HEADER] === undefined) return denied(`the request has no ${PAGE_HEADER} header`);
  return undefined;
}

const denied = (detail: string): Problem => ({ status: 403, code: 'DENIED', detail });
