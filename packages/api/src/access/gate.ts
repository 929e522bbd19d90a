/**
 * Lets a request through or not, from its head alone: before a body is read, so that a stranger learns nothing of what a body
 * should look like. An endpoint that names no access is closed.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isGoodAddress, isSigned } from '../artifacts/signed-address.ts';
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
  /** What links to artifacts are signed with. */
  readonly linkKey: (() => Promise<Uint8Array>) | undefined;
}

export function closeGate(app: FastifyInstance, gate: Gate): void {
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request, reply) => {
    const problem = request.is404 ? undefined : await refusal(request, gate);
    return problem && sendProblem(reply, problem);
  });
}

async function refusal(request: FastifyRequest, { open, linkKey, ...knownBy }: Gate): Promise<Problem | undefined> {
  const { access, onlyFromPage, minds } = request.routeOptions.config;
  const strange = onlyFromPage ? notFromOurPage(request) : undefined;
  if (strange || access === 'anyone') return strange;
  // Whoever shows a signature is judged by it alone: one that is not good any more must not look as if it were.
  if (access === 'link' && linkKey && isSigned(request.url))
    return isGoodAddress(await linkKey(), request.url, Date.now()) ? undefined : BAD_LINK;

  const caller = await callerOf(request, knownBy);
  const { rates } = request.server;
  if (caller === 'invalid') return (await rates.ofFailure(request)) ?? BAD_TOKEN;
  request.caller = caller;
  const tooOften = await rates.ofCaller(request);
  if (tooOften) return tooOften;
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
  detail:
    'that token is not of this yard, was made in another GITYARD_HOME than that of this server, has expired or was revoked; make a new one with gityard token new',
  headers: { 'www-authenticate': 'Bearer realm="gityard", error="invalid_token"' },
};
const BAD_LINK: Problem = {
  status: 403,
  code: 'DENIED',
  detail: 'this link was changed, or its time is over; a new one stands where the artifacts of the build are listed',
};
const OF_NAMESPACES: Problem = {
  status: 403,
  code: 'DENIED',
  detail:
    'this token may change jobs of its namespaces alone: by POST /api/v1/builds or /api/v1/commands, or cancel, retry and priority of a build',
};
const lacksRole = ({ role }: Caller, access: Access | undefined): Problem => ({
  status: 403,
  code: 'DENIED',
  detail: `this needs the role ${access ?? 'of nobody'}; yours is ${role}`,
  headers: { 'www-authenticate': 'Bearer realm="gityard", error="insufficient_scope"' },
});
