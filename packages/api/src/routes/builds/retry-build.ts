/** Tries a build again that did not succeed: the same build, one more attempt. */
import { queuedBuild } from '@gityard/domain';
import { endpoint } from '../../endpoint.ts';
import { NOT_READY, sendProblem } from '../../problem.ts';
import { actor, REFUSED, WITH_REASON } from './act-on-build.ts';
import { buildAddress, linksOf } from './links.ts';
import { buildId, NOT_THERE, QUEUED_BUILD } from './schemas.ts';

export const retryBuild = endpoint({
  method: 'POST',
  url: '/api/v1/builds/:id/retry',
  name: 'retryBuild',
  tag: 'builds',
  summary: 'Tries a build again that did not succeed',
  access: 'Developer',
  minds: 'namespaces',
  idempotent: true,
  params: buildId,
  body: WITH_REASON,
  answers: {
    202: { description: 'It is in the queue again.', schema: QUEUED_BUILD, headers: { location: 'of the build' } },
    404: NOT_THERE,
    409: REFUSED,
  },
  handle: ({ options: { builds, desk } }) => {
    if (!builds || !desk) return undefined;
    const act = actor({ builds, desk });
    return ({ params: { id }, body, request, reply }) =>
      act({
        ...{ id, op: 'retry', args: body ?? {}, request, reply },
        answer: (job) => {
          const seen = builds.seen();
          if (!seen) return sendProblem(reply, NOT_READY);
          const links = linksOf(job, seen.state);
          reply.code(202).headers({ location: buildAddress(job.id), 'cache-control': 'no-store' });
          return reply.send({ ...queuedBuild(seen.state, job, seen.now), links });
        },
      });
  },
});
