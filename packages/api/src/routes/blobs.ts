/** A file of the yard by the name of its content. */
import { endpoint } from '../endpoint.ts';
import { BYTES, BYTES_TYPE, bufferOf, NOT_CHANGED, sendKept } from '../kept.ts';
import { isTooLarge, TOO_LARGE } from '../limits.ts';
import { sendProblem } from '../problem.ts';
import { oid, words } from '../schemas.ts';

export const blobs = endpoint({
  method: 'GET',
  url: '/api/v1/blobs/:oid',
  name: 'readBlob',
  tag: 'yard',
  summary: 'A file of the yard by the name of its content',
  access: 'looker',
  params: words({ oid }, ['oid']),
  answers: {
    200: BYTES,
    304: NOT_CHANGED,
    404: { description: 'The yard holds none.' },
    413: { description: 'It is too large.' },
  },
  handle: ({ options: { repository } }) =>
    repository &&
    (async ({ params: { oid }, request, reply }) => {
      const bytes = await repository.blob(oid);
      if (!bytes)
        return sendProblem(reply, { status: 404, code: 'NOT_FOUND', detail: `the yard holds no file ${oid}` });
      if (isTooLarge(bytes)) return sendProblem(reply, TOO_LARGE);
      return sendKept(request, reply, { place: oid, oid, type: BYTES_TYPE, body: bufferOf(bytes) });
    }),
});
