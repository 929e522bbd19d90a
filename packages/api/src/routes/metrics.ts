/** The yard and this server in numbers. What they are is not known here: whoever starts the server tells them. */
import { endpoint } from '../endpoint.ts';
import { sendProblem } from '../problem.ts';

export const metrics = endpoint({
  method: 'GET',
  url: '/metrics',
  name: 'readMetrics',
  tag: 'server',
  summary: 'The yard in numbers, for Prometheus',
  access: 'looker',
  answers: {
    200: { description: 'In the text format of Prometheus.', type: 'text/plain' },
    503: { description: 'This server keeps none.' },
  },
  handle:
    ({ options: { metrics: source } }) =>
    async ({ reply }) => {
      if (!source) return sendProblem(reply, NONE);
      const { contentType, text } = await source.text();
      return reply.header('cache-control', 'no-store').type(contentType).send(text);
    },
});

const NONE = { status: 503, code: 'UNAVAILABLE', detail: 'this server keeps no metrics' };
