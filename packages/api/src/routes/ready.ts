/** 200 as soon as there is a snapshot to show. */
import { closed } from '@gityard/domain';
import { endpoint } from '../endpoint.ts';
import { NOT_READY, sendProblem } from '../problem.ts';
import { text, time } from '../schemas.ts';

export const ready = endpoint({
  method: 'GET',
  url: '/readyz',
  name: 'isReady',
  tag: 'server',
  summary: 'Whether there is a snapshot to show',
  access: 'anyone',
  answers: {
    200: {
      description: 'There is.',
      schema: closed({ status: { const: 'ready' }, head: text, at: time }, ['status', 'head', 'at']),
    },
    503: { description: 'The yard has not been read yet.' },
  },
  handle:
    ({ options }) =>
    ({ reply }) => {
      const model = options.source.current();
      if (!model) return sendProblem(reply, NOT_READY);
      return reply.header('cache-control', 'no-store').send({ status: 'ready', head: model.head, at: model.at });
    },
});
