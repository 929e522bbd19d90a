/** The log of a job as plain text, line by line while it is being written. */
import { Readable } from 'node:stream';
import { endpoint } from '../endpoint.ts';
import { sendProblem } from '../problem.ts';
import { text, words } from '../schemas.ts';

export const jobLog = endpoint({
  method: 'GET',
  url: '/api/v1/builds/:id/logs',
  name: 'readBuildLog',
  tag: 'builds',
  summary: 'The log of a build, line by line while it is being written',
  access: 'looker',
  streams: true,
  params: words({ id: text }, ['id']),
  answers: {
    200: { description: 'As it was printed.', type: 'text/plain' },
    404: { description: 'There is no log of such a build.' },
  },
  handle:
    ({ options, closing }) =>
    ({ params: { id }, reply }) => {
      const gone = new AbortController();
      const lines = options.jobLog?.(id, AbortSignal.any([gone.signal, closing]));
      if (!lines) return sendProblem(reply, noSuchJob(id));

      reply.raw.once('close', () => gone.abort());
      reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8');
      return reply.send(Readable.from(lines));
    },
});

const noSuchJob = (id: string) => ({
  status: 404,
  code: 'NOT_FOUND',
  detail: `there is no log of a job ${id}; see its id with: gityard job list`,
});
