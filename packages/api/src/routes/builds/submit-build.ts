/** Asks for a build. It is in the queue, and in the history, when the answer comes. */
import { createHash, randomUUID } from 'node:crypto';
import {
  BUILD_REQUEST_SCHEMA,
  type BuildRequest,
  inShort,
  jobOfBuild,
  queuedBuild,
  SHORT_BUILD_REQUEST_SCHEMA,
  type ShortBuildRequest,
} from '@gityard/domain';
import type { FastifyRequest } from 'fastify';
import { NOBODY } from '../../ask-desk.ts';
import { endpoint, type ObjectSchema } from '../../endpoint.ts';
import { NOT_READY, sendProblem } from '../../problem.ts';
import { failedBy, refusedBy } from '../../refused.ts';
import { traceparentIn } from '../../request-span.ts';
import { buildAddress, linksOf } from './links.ts';
import { QUEUED_BUILD } from './schemas.ts';

const BODY: ObjectSchema & { readonly anyOf: readonly object[] } = {
  ...{ type: 'object', properties: {}, required: [] },
  anyOf: [SHORT_BUILD_REQUEST_SCHEMA, BUILD_REQUEST_SCHEMA],
};

export const submitBuild = endpoint({
  method: 'POST',
  url: '/api/v1/builds',
  name: 'submitBuild',
  tag: 'builds',
  summary: 'Asks for a build',
  description:
    'With its job inside, or in short all in one object. The same executionId, or the same Idempotency-Key of the same caller, ' +
    'with the same content is the same build, also after a restart of the server. A W3C traceparent makes it part of that trace.',
  access: 'Developer',
  idempotent: true,
  minds: 'namespaces',
  body: BODY,
  headers: { traceparent: 'W3C Trace Context: the trace that the build is part of' },
  answers: {
    202: {
      description: 'It is in the queue.',
      schema: QUEUED_BUILD,
      headers: { location: 'of the build' },
    },
    409: {
      description:
        'That executionId or Idempotency-Key is of another build; or a rule stands against it, such as a quota of its namespace.',
    },
  },
  handle: ({ options: { builds } }) =>
    builds &&
    (async ({ body, request, reply }) => {
      const { caller } = request;
      const asked = inShort(body as unknown as BuildRequest | ShortBuildRequest);
      const job = { ...jobOfBuild(asked), traceparent: traceparentIn(request.headers) };
      const submitted = await builds.submit({ id: idOf(asked, request), job, by: caller ?? NOBODY });
      if (submitted.state === 'failed') return sendProblem(reply, failedBy(submitted));
      if (submitted.state === 'refused') return sendProblem(reply, refusedBy(submitted));
      const seen = builds.seen();
      if (!seen) return sendProblem(reply, NOT_READY);

      const links = linksOf(submitted.job, seen.state);
      reply.code(202).headers({ location: buildAddress(submitted.job.id), 'cache-control': 'no-store' });
      return reply.send({ ...queuedBuild(seen.state, submitted.job, seen.now), links });
    }),
});

/** Of one caller and one key always the same, so that no server has to remember it. */
function idOf({ executionId }: ShortBuildRequest, { caller, headers }: FastifyRequest): string {
  const key = headers['idempotency-key'];
  if (executionId !== undefined) return executionId.toLowerCase();
  if (typeof key !== 'string') return randomUUID();
  const hex = createHash('sha256')
    .update(`${caller?.id ?? ''}\n${key}`)
    .digest('hex');
  // A UUID of version 8, which is what one makes of one's own bits (RFC 9562).
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
