/** What a build made, with addresses that are good for a while for whoever has them. */
import { closed } from '@gityard/domain';
import { endpoint } from '../../endpoint.ts';
import { sendProblem } from '../../problem.ts';
import { refusedBy } from '../../refused.ts';
import { listOf, text } from '../../schemas.ts';
import { artifactViews } from './links.ts';
import { ARTIFACT, buildId, NOT_CLEAR, NOT_THERE } from './schemas.ts';
import { manifestsOf } from './show-build.ts';

export const listArtifacts = endpoint({
  method: 'GET',
  url: '/api/v1/builds/:id/artifacts',
  name: 'listArtifacts',
  tag: 'artifacts',
  summary: 'What a build made',
  description: 'Whoever shows no token, where all may look, gets addresses that ask for one.',
  access: 'looker',
  params: buildId,
  answers: {
    200: {
      description: 'Its artifacts; none while it has not ended.',
      schema: closed({ executionId: text, artifacts: listOf(ARTIFACT) }, ['executionId', 'artifacts']),
    },
    404: NOT_THERE,
    409: NOT_CLEAR,
  },
  handle: ({ options: { builds } }) =>
    builds &&
    (async ({ params: { id }, request, reply }) => {
      const found = builds.find(id);
      if (!found.ok) return sendProblem(reply, refusedBy(found));
      const artifacts = await artifactViews(manifestsOf(builds, found.value), {
        linkKey: builds.linkKey,
        isKnown: request.caller !== null,
        nowMs: Date.now(),
      });
      return reply.header('cache-control', 'private, no-store').send({ executionId: found.value.id, artifacts });
    }),
});
