/** `GET /api/v1/trees/{place}?folder=`: all files below a folder of the yard, by path and content. */
import type { FastifyInstance } from 'fastify';
import { JSON_TYPE, sendKept } from '../kept.ts';
import { ENTRIES_LIMIT, TOO_MANY } from '../limits.ts';
import { isPath, isPlace, NO_PATH, NO_PLACE } from '../names.ts';
import { sendProblem } from '../problem.ts';
import type { RouteContext } from './route.ts';

interface Asked {
  readonly Params: { readonly place: string };
  /** A word that is given twice comes as a list. */
  readonly Querystring: { readonly folder?: unknown };
}

export function trees(app: FastifyInstance, { options: { repository } }: RouteContext): void {
  if (!repository) return;
  app.get<Asked>('/api/v1/trees/:place', async (request, reply) => {
    const { place } = request.params;
    const { folder = '' } = request.query;
    if (!isPlace(place)) return sendProblem(reply, NO_PLACE);
    if (folder !== '' && !isPath(folder)) return sendProblem(reply, NO_PATH);

    const found = await repository.folder(place, folder);
    if (!found) return sendProblem(reply, { status: 404, code: 'NOT_FOUND', detail: `the yard has no ${place}` });
    const { commit, entries } = found;
    if (entries.length > ENTRIES_LIMIT) return sendProblem(reply, TOO_MANY);
    return sendKept(request, reply, { place, oid: commit, type: JSON_TYPE, body: JSON.stringify({ entries }) });
  });
}
