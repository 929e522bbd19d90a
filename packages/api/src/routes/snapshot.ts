/** `GET /api/v1/snapshot`: the read model as it is now, or 304 for one who has it already. */
import type { FastifyInstance } from 'fastify';
import { isKnown } from '../etag.ts';
import { sendProblem } from '../problem.ts';
import { snapshotText } from '../snapshot-text.ts';
import type { RouteContext } from './route.ts';

export function snapshot(app: FastifyInstance, { options }: RouteContext): void {
  app.get('/api/v1/snapshot', (request, reply) => {
    const model = options.source.current();
    if (!model) return sendProblem(reply, NOT_YET);

    const { json, etag } = snapshotText(model);
    reply.headers({ etag, 'cache-control': 'no-cache' });
    if (isKnown(request, etag)) return reply.code(304).send();
    return reply.type('application/json; charset=utf-8').send(json);
  });
}

const NOT_YET = {
  status: 503,
  code: 'NOT_READY',
  detail: 'the yard has not been read yet; ask again in a moment',
  headers: { 'retry-after': '1' },
};
