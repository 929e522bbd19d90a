/** `GET /api/v1/builds/{id}/logs`: the log of a job as plain text, line by line while it is being written. */
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from '../problem.ts';
import type { RouteContext } from './route.ts';

export function jobLog(app: FastifyInstance, { options, closing }: RouteContext): void {
  app.get<{ Params: { id: string } }>('/api/v1/builds/:id/logs', { exposeHeadRoute: false }, (request, reply) => {
    const gone = new AbortController();
    const lines = options.jobLog?.(request.params.id, AbortSignal.any([gone.signal, closing]));
    if (!lines) return sendProblem(reply, noSuchJob(request.params.id));

    reply.raw.once('close', () => gone.abort());
    reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8');
    return reply.send(Readable.from(lines));
  });
}

const noSuchJob = (id: string) => ({
  status: 404,
  code: 'NOT_FOUND',
  detail: `there is no log of a job ${id}; see its id with: gityard job list`,
});
