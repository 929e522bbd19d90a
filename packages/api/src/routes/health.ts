/** `GET /healthz`: this process answers. Says nothing of the yard, so that a remote outage restarts nobody. */
import type { FastifyInstance } from 'fastify';

export function health(app: FastifyInstance): void {
  app.get('/healthz', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }));
}
