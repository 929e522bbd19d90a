/** `POST /api/v1/session`: trades the key of the printed address for a cookie, with which commands may be given. */
import type { FastifyInstance } from 'fastify';
import { onlyFromOurPage } from '../page-guard.ts';
import { sendProblem } from '../problem.ts';
import type { RouteContext } from './route.ts';

const SOMEBODY = 'dashboard';
/** As names of people are written in a yard. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;

export function session(app: FastifyInstance, { sessions }: RouteContext): void {
  app.post('/api/v1/session', { onRequest: onlyFromOurPage }, (request, reply) => {
    const { key, name = SOMEBODY } = (request.body ?? {}) as { readonly key?: unknown; readonly name?: unknown };
    if (typeof key !== 'string' || typeof name !== 'string' || !NAME.test(name)) return sendProblem(reply, NO_KEY);

    const cookie = sessions.open(key, { name, request });
    if (cookie === undefined) return sendProblem(reply, WRONG_KEY);
    return reply.headers({ 'set-cookie': cookie, 'cache-control': 'no-store' }).code(204).send();
  });
}

const NO_KEY = { status: 400, code: 'USAGE', detail: 'a session is opened with {"key": "…"}, and perhaps a "name"' };
const WRONG_KEY = {
  status: 401,
  code: 'DENIED',
  detail: 'that is not the key of this server; open the address that it printed when it was started',
  headers: { 'www-authenticate': 'Session' },
};
