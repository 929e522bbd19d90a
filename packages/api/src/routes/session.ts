/** Trades the key of the printed address for a cookie, with which commands may be given. */
import { closed } from '@gityard/domain';
import { endpoint } from '../endpoint.ts';
import { type Problem, sendProblem } from '../problem.ts';
import { text } from '../schemas.ts';

const SOMEBODY = 'dashboard';

export const session = endpoint({
  method: 'POST',
  url: '/api/v1/session',
  name: 'openSession',
  tag: 'page',
  summary: 'Trades the key of the printed address for a session of the dashboard',
  access: 'anyone',
  onlyFromPage: true,
  body: closed(
    {
      key: text,
      name: {
        ...text,
        pattern: '^[a-z0-9][a-z0-9._-]{0,99}$',
        default: SOMEBODY,
        description: 'a name as people have it in a yard: lower case letters, digits, ".", "_" and "-"',
      },
    },
    ['key'],
  ),
  answers: {
    204: { description: 'Open; the cookie is set.', headers: { 'set-cookie': 'that no script can read' } },
    401: { description: 'That is not the key.' },
    429: { description: 'Too many keys from that address were wrong; `retry-after` says when to come again.' },
  },
  handle:
    ({ sessions }) =>
    async ({ body: { key, name }, request, reply }) => {
      const cookie = sessions.open(key, { name, request });
      if (cookie === undefined) return sendProblem(reply, (await request.server.rates.ofFailure(request)) ?? WRONG_KEY);
      return reply.headers({ 'set-cookie': cookie, 'cache-control': 'no-store' }).code(204).send();
    },
});

const WRONG_KEY: Problem = {
  status: 401,
  code: 'DENIED',
  detail: 'that is not the key of this server; open the address that it printed when it was started',
  headers: { 'www-authenticate': 'Session' },
};
