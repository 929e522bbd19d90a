/** `GET /api/v1/blobs/{oid}`: a file of the yard by the name of its content. */
import type { FastifyInstance } from 'fastify';
import { BYTES_TYPE, bufferOf, sendKept } from '../kept.ts';
import { isTooLarge, TOO_LARGE } from '../limits.ts';
import { isOid, NO_OID } from '../names.ts';
import { sendProblem } from '../problem.ts';
import type { RouteContext } from './route.ts';

export function blobs(app: FastifyInstance, { options: { repository } }: RouteContext): void {
  if (!repository) return;
  app.get<{ Params: { oid: string } }>('/api/v1/blobs/:oid', async (request, reply) => {
    const { oid } = request.params;
    if (!isOid(oid)) return sendProblem(reply, NO_OID);

    const bytes = await repository.blob(oid);
    if (!bytes) return sendProblem(reply, { status: 404, code: 'NOT_FOUND', detail: `the yard holds no file ${oid}` });
    if (isTooLarge(bytes)) return sendProblem(reply, TOO_LARGE);
    return sendKept(request, reply, { place: oid, oid, type: BYTES_TYPE, body: bufferOf(bytes) });
  });
}
