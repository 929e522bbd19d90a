/** Why a build waits, whether it can ever run, and when. */
import { explain } from '@gityard/domain';
import { endpoint } from '../../endpoint.ts';
import { NOT_READY, sendProblem } from '../../problem.ts';
import { refusedBy } from '../../refused.ts';
import { buildId, EXPLANATION, NOT_CLEAR, NOT_THERE } from './schemas.ts';

export const explainBuild = endpoint({
  method: 'GET',
  url: '/api/v1/builds/:id/why',
  name: 'explainBuild',
  tag: 'builds',
  summary: 'Why a build waits, and whether it can ever run',
  access: 'looker',
  params: buildId,
  answers: {
    200: { description: 'The reasons, and when its turn may come.', schema: EXPLANATION },
    404: NOT_THERE,
    409: NOT_CLEAR,
  },
  handle: ({ options: { builds, look } }) =>
    builds &&
    look &&
    (({ params: { id }, reply }) => {
      const seen = look();
      if (!seen) return sendProblem(reply, NOT_READY);
      const found = builds.find(id);
      if (!found.ok) return sendProblem(reply, refusedBy(found));
      return reply.header('cache-control', 'no-store').send(explain(seen.state, found.value, seen.now));
    }),
});
