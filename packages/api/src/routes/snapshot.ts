/** The read model as it is now, or 304 for one who has it already. */
import { publishedSchema } from '@gityard/domain';
import { endpoint } from '../endpoint.ts';
import { isKnown } from '../etag.ts';
import { JSON_TYPE, NOT_CHANGED } from '../kept.ts';
import { NOT_READY, sendProblem } from '../problem.ts';
import { snapshotText } from '../snapshot-text.ts';

export const snapshot = endpoint({
  method: 'GET',
  url: '/api/v1/snapshot',
  name: 'readSnapshot',
  tag: 'yard',
  summary: 'The whole fleet at a glance, as the dashboard shows it',
  access: 'looker',
  answers: { 200: { description: 'The read model.', schema: publishedSchema('read-model') }, 304: NOT_CHANGED },
  handle:
    ({ options }) =>
    ({ request, reply }) => {
      const model = options.source.current();
      if (!model) return sendProblem(reply, NOT_READY);

      const { json, etag } = snapshotText(model);
      reply.headers({ etag, 'cache-control': 'no-cache' });
      if (isKnown(request, etag)) return reply.code(304).send();
      return reply.type(JSON_TYPE).send(json);
    },
});
