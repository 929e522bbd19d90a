/** The bytes of a file of the yard, as they lie there. */
import { endpoint } from '../endpoint.ts';
import { BYTES, BYTES_TYPE, bufferOf, NOT_CHANGED, sendKept } from '../kept.ts';
import { isTooLarge, TOO_LARGE } from '../limits.ts';
import { isPath, NO_PATH } from '../names.ts';
import { sendProblem } from '../problem.ts';
import { place, text, words } from '../schemas.ts';

export const files = endpoint({
  method: 'GET',
  url: '/api/v1/files/:place/*',
  name: 'readFile',
  tag: 'yard',
  summary: 'A file of the yard, as it lies there',
  access: 'looker',
  params: words({ place, '*': { ...text, description: 'its path from the root' } }, ['place', '*']),
  answers: {
    200: BYTES,
    304: NOT_CHANGED,
    404: { description: 'There is no such file.' },
    413: { description: 'It is too large.' },
  },
  handle: ({ options: { repository } }) =>
    repository &&
    (async ({ params: { place, '*': path }, request, reply }) => {
      if (!isPath(path)) return sendProblem(reply, NO_PATH);

      const file = await repository.file(place, path);
      if (!file)
        return sendProblem(reply, { status: 404, code: 'NOT_FOUND', detail: `${place} holds no file ${path}` });
      const { oid, bytes } = file;
      if (bytes === null || isTooLarge(bytes)) return sendProblem(reply, TOO_LARGE);
      return sendKept(request, reply, { place, oid, type: BYTES_TYPE, body: bufferOf(bytes) });
    }),
});
