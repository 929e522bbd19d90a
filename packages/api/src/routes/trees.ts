/** All files below a folder of the yard, by path and content. */
import { closed } from '@gityard/domain';
import { endpoint } from '../endpoint.ts';
import { JSON_TYPE, NOT_CHANGED, sendKept } from '../kept.ts';
import { ENTRIES_LIMIT, TOO_MANY } from '../limits.ts';
import { isPath, NO_PATH } from '../names.ts';
import { sendProblem } from '../problem.ts';
import { count, listOf, nullable, oid, place, text, words } from '../schemas.ts';

const ENTRY = closed({ path: text, oid, sizeBytes: nullable(count) }, ['path', 'oid', 'sizeBytes']);

export const trees = endpoint({
  method: 'GET',
  url: '/api/v1/trees/:place',
  name: 'readTree',
  tag: 'yard',
  summary: 'All files below a folder of the yard, by path and content',
  access: 'looker',
  params: words({ place }, ['place']),
  query: words({ folder: { ...text, default: '', description: 'from the root; all of it when it is not named' } }, []),
  answers: {
    200: { description: 'In the order of their paths.', schema: closed({ entries: listOf(ENTRY) }, ['entries']) },
    304: NOT_CHANGED,
    404: { description: 'The yard has no such place.' },
    413: { description: 'There are too many; ask for a folder of them.' },
  },
  handle: ({ options: { repository } }) =>
    repository &&
    (async ({ params: { place }, query: { folder }, request, reply }) => {
      if (folder !== '' && !isPath(folder)) return sendProblem(reply, NO_PATH);

      const found = await repository.folder(place, folder);
      if (!found) return sendProblem(reply, { status: 404, code: 'NOT_FOUND', detail: `the yard has no ${place}` });
      const { commit, entries } = found;
      if (entries.length > ENTRIES_LIMIT) return sendProblem(reply, TOO_MANY);
      return sendKept(request, reply, { place, oid: commit, type: JSON_TYPE, body: JSON.stringify({ entries }) });
    }),
});
