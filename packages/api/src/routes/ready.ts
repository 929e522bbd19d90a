/** `GET /readyz`: 200 as soon as there is a snapshot to show. */
import type { FastifyInstance } from 'fastify';
import { sendProblem } from '../problem.ts';
import type { RouteContext } from './route.ts';

export function ready(app: FastifyInstance, { options }: RouteContext): void {
  app.get('/readyz', (_request, reply) => {
    const model = options.source.current();
    if (!model) return sendProblem(reply, { status: 503, code: 'NOT_READY', detail: 'the yard has not been read yet' });
    return reply.header('cache-control', 'no-store').send({ status: 'ready', head: model.head, at: model.at });
  });
}
