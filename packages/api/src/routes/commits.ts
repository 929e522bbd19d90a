/** What was committed, newest first. */
import { closed } from '@gityard/domain';
import { endpoint } from '../endpoint.ts';
import { JSON_TYPE, NOT_CHANGED, sendKept } from '../kept.ts';
import { COMMITS_LIMIT } from '../limits.ts';
import { isPath, NO_PATH } from '../names.ts';
import { sendProblem } from '../problem.ts';
import { listOf, oid, place, text, time, words } from '../schemas.ts';

const COMMIT = closed({ commit: oid, at: time, author: text, message: text }, ['commit', 'at', 'author', 'message']);

export const commits = endpoint({
  method: 'GET',
  url: '/api/v1/commits/:place',
  name: 'listCommits',
  tag: 'yard',
  summary: 'What was committed, newest first',
  access: 'looker',
  params: words({ place }, ['place']),
  query: words(
    {
      count: { type: 'integer', minimum: 1, maximum: COMMITS_LIMIT, default: 30, description: 'commits at most' },
      path: { ...text, description: 'only what touched this file, or something in this folder' },
      until: {
        ...text,
        pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z$',
        format: 'date-time',
        description: 'a time like 2026-01-31T12:00:00Z: only what was made by then',
      },
    },
    [],
  ),
  answers: {
    200: { description: 'The newest first.', schema: closed({ commits: listOf(COMMIT) }, ['commits']) },
    304: NOT_CHANGED,
    404: { description: 'The yard has no such place.' },
  },
  handle: ({ options: { repository } }) =>
    repository &&
    (async ({ params: { place }, query: { count, path, until }, request, reply }) => {
      if (path !== undefined && !isPath(path)) return sendProblem(reply, NO_PATH);

      const found = await repository.commits(place, { count, path, until });
      if (!found) return sendProblem(reply, { status: 404, code: 'NOT_FOUND', detail: `the yard has no ${place}` });
      const body = JSON.stringify({ commits: found.commits });
      return sendKept(request, reply, { place, oid: found.from, type: JSON_TYPE, body });
    }),
});
