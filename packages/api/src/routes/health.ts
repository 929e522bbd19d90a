/** This process answers. Says nothing of the yard, so that a remote outage restarts nobody. */
import { closed } from '@gityard/domain';
import { endpoint } from '../endpoint.ts';

export const health = endpoint({
  method: 'GET',
  url: '/healthz',
  name: 'isAlive',
  tag: 'server',
  summary: 'Whether this process answers',
  access: 'anyone',
  answers: { 200: { description: 'It does.', schema: closed({ status: { const: 'ok' } }, ['status']) } },
  handle:
    () =>
    ({ reply }) =>
      reply.header('cache-control', 'no-store').send({ status: 'ok' }),
});
