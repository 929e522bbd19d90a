/** Gives a build that has not ended another priority. */
import { closed, PRIORITIES, PRIORITY_LEVELS, priorityName } from '@gityard/domain';
import { endpoint } from '../../endpoint.ts';
import { text } from '../../schemas.ts';
import { actor, REFUSED, reason } from './act-on-build.ts';
import { buildId, NOT_THERE } from './schemas.ts';

const priority = { enum: PRIORITIES, description: 'Critical is first, Low is last' } as const;

export const prioritiseBuild = endpoint({
  method: 'POST',
  url: '/api/v1/builds/:id/priority',
  name: 'prioritiseBuild',
  tag: 'builds',
  summary: 'Gives a build another priority',
  access: 'BuildMaster',
  minds: 'namespaces',
  idempotent: true,
  params: buildId,
  body: closed({ priority, reason }, ['priority']),
  answers: {
    200: {
      description: 'It has that priority.',
      schema: closed({ executionId: text, priority }, ['executionId', 'priority']),
    },
    404: NOT_THERE,
    409: REFUSED,
  },
  handle: ({ options: { builds, desk } }) => {
    if (!builds || !desk) return undefined;
    const act = actor({ builds, desk });
    return ({ params: { id }, body: { priority: wanted, reason }, request, reply }) =>
      act({
        ...{ id, op: 'prioritise', args: { priority: PRIORITY_LEVELS[wanted], reason }, request, reply },
        answer: (job) =>
          reply.header('cache-control', 'no-store').send({ executionId: job.id, priority: priorityName(job.priority) }),
      });
  },
});
