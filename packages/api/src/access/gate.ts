/**
 * Lets a request through or not, from its head alone: before a body is read, so that a stranger learns nothing of what a body
 * should look like. An endpoint that names no access is closed.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { notFromOurPage } from '../page-guard.ts';
import { type Problem, sendProblem } from '../problem.ts';
import { type Caller, callerOf, type KnownBy } from './caller.ts';
import { type Access, allows } from './roles.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** null: nobody that we know. */
    caller: Caller | null;
  }
  interface FastifyContextConfig {
    access?: Access;
    onlyFromPage?: boolean;
    minds?: 'namespaces';
  }
}

export interface Gate extends KnownBy {
  readonly open: boolean;
}

export function closeGate(app: FastifyInstance, gate: Gate): void {
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request, reply) => {
    const problem = request.is404 ? undefined : await refusal(request, gate);
    return problem && sendProblem(reply, problem);
  });
}

async function refusal(request: FastifyRequest, { open, ...knownBy }: Gate): Promise<Problem | undefined> {
  const { access, onlyFromPage, minds } = request.routeOptions.config;
  const strange = onlyFromPage ? notFromOurPage(request) : undefined;
  if (strange || access === 'anyone') return strange;

  const caller = await callerOf(request, knownBy);
  if (caller === 'invalid') return BAD_TOKEN;
  request.caller = caller;
  if (!allows(access, { role: caller?.role ?? null, open }))
    return caller === null ? NOBODY : lacksRole(caller, access);
  // An endpoint that does not look at namespaces would let one team change what is another's.
  if (caller && caller.namespaces.length > 0 && !isReading(request) && minds !== 'namespaces') return OF_NAMESPACES;
  // A cookie goes along with whatever another site makes a browser send; a token does not.
  return caller?.by === 'session' && !isReading(request) ? notFromOurPage(request) : undefined;
}

const isReading = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';

const NOBODY: Problem = {
  status: 401,
  code: 'DENIED',
  detail:
    'say who you are: with a token (Authorization: Bearer …, made by gityard token new), or on the page that gityard printed',
  headers: { 'www-authenticate': 'Bearer realm="gityard"' },
};
const BAD_TOKEN: Problem = {
  status: 401,
  code: 'DENIED',
  detail: 'that token is not of this yard, has expired or was revoked; make a new one with gityard token new',
  headers: { 'www-authenticate': 'Bearer realm="gityard", error="invalid_token"' },
};
const OF_NAMESPACES: Problem = {
  status: 403,
  code: 'DENIED',
  detail: 'this token may change jobs of its namespaces alone, with POST /api/v1/commands',
};
const lacksRole = ({ role }: Caller, access: Access | undefined): Problem => ({
  status: 403,
  code: 'DENIED',
  detail: `this needs the role ${access ?? 'of nobody'}; yours is ${role}`,
  headers: { 'www-authenticate': 'Bearer realm="gityard", error="insufficient_scope"' },
});
