/** `GET /api/v1/commits/{place}?count=&path=&until=`: what was committed, newest first. */
import type { FastifyInstance } from 'fastify';
import { JSON_TYPE, sendKept } from '../kept.ts';
import { COMMITS_LIMIT } from '../limits.ts';
import { bad, isPath, isPlace, NO_PATH, NO_PLACE } from '../names.ts';
import { sendProblem } from '../problem.ts';
import type { RouteContext } from './route.ts';

interface Asked {
  readonly Params: { readonly place: string };
  /** A word that is given twice comes as a list. */
  readonly Querystring: { readonly count?: unknown; readonly path?: unknown; readonly until?: unknown };
}

export function commits(app: FastifyInstance, { options: { repository } }: RouteContext): void {
  if (!repository) return;
  app.get<Asked>('/api/v1/commits/:place', async (request, reply) => {
    const { place } = request.params;
    const { count: countWord = '30', path, until } = request.query;
    const count = countIn(countWord);
    if (!isPlace(place)) return sendProblem(reply, NO_PLACE);
    if (count === undefined) return sendProblem(reply, bad(`count is a number from 1 to ${COMMITS_LIMIT}`));
    if (path !== undefined && !isPath(path)) return sendProblem(reply, NO_PATH);
    if (until !== undefined && !isTime(until))
      return sendProblem(reply, bad('until is a time like 2026-01-31T12:00:00Z'));

    const found = await repository.commits(place, { count, path, until });
    if (!found) return sendProblem(reply, { status: 404, code: 'NOT_FOUND', detail: `the yard has no ${place}` });
    const body = JSON.stringify({ commits: found.commits });
    return sendKept(request, reply, { place, oid: found.from, type: JSON_TYPE, body });
  });
}

function countIn(word: unknown): number | undefined {
  if (typeof word !== 'string' || !/^[1-9]\d{0,2}$/.test(word)) return undefined;
  return Number(word) <= COMMITS_LIMIT ? Number(word) : undefined;
}

const isTime = (word: unknown): word is string =>
  typeof word === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(word) &&
  Number.isFinite(Date.parse(word));
