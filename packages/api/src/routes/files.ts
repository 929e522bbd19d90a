/** `GET /api/v1/files/{place}/{path}`: the bytes of a file of the yard, as they lie there. */
import type { FastifyInstance } from 'fastify';
import { BYTES_TYPE, bufferOf, sendKept } from '../kept.ts';
import { isTooLarge, TOO_LARGE } from '../limits.ts';
import { isPath, isPlace, NO_PATH, NO_PLACE } from '../names.ts';
import { sendProblem } from '../problem.ts';
import type { RouteContext } from './route.ts';

interface Asked {
  readonly Params: { readonly place: string; readonly '*': string };
}

export function files(app: FastifyInstance, { options: { repository } }: RouteContext): void {
  if (!repository) return;
  app.get<Asked>('/api/v1/files/:place/*', async (request, reply) => {
    const { place, '*': path } = request.params;
    if (!isPlace(place)) return sendProblem(reply, NO_PLACE);
    if (!isPath(path)) return sendProblem(reply, NO_PATH);

    const file = await repository.file(place, path);
    if (!file) return sendProblem(reply, { status: 404, code: 'NOT_FOUND', detail: `${place} holds no file ${path}` });
    const { oid, bytes } = file;
    if (bytes === null || isTooLarge(bytes)) return sendProblem(reply, TOO_LARGE);
    return sendKept(request, reply, { place, oid, type: BYTES_TYPE, body: bufferOf(bytes) });
  });
}
