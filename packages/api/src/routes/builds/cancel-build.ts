/** Cancels a build: one that waits at once; one that runs is ended by its agent. */
import { closed } from '@gityard/domain';
import { endpoint } from '../../endpoint.ts';
import { text } from '../../schemas.ts';
import { actor, REFUSED, WITH_REASON } from './act-on-build.ts';
import { buildId, NOT_THERE } from './schemas.ts';

const CANCELLING = closed({ executionId: text, status: { const: 'Cancelling' }, message: text }, [
  'executionId',
  'status',
  'message',
]);

export const cancelBuild = endpoint({
  method: 'POST',
  url: '/api/v1/builds/:id/cancel',
  name: 'cancelBuild',
  tag: 'builds',
  summary: 'Cancels a build',
  description: 'One that waits at once; one that runs is ended by its agent, which looks for that every few seconds.',
  access: 'BuildMaster',
  minds: 'namespaces',
  idempotent: true,
  params: buildId,
  body: WITH_REASON,
  answers: {
    200: { description: 'It is being cancelled, or was already.', schema: CANCELLING },
    404: NOT_THERE,
    409: REFUSED,
  },
  handle: ({ options: { builds, desk } }) => {
    if (!builds || !desk) return undefined;
    const act = actor({ builds, desk });
    return ({ params: { id }, body, request, reply }) =>
      act({
        ...{ id, op: 'cancel', args: body ?? {}, request, reply },
        answer: ({ id: executionId }) =>
          reply
            .header('cache-control', 'no-store')
            .send({ executionId, status: 'Cancelling', message: 'Build cancellation requested' }),
      });
  },
});
