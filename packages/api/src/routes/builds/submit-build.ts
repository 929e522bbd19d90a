/** Asks for a build. It is in the queue, and in the history, when the answer comes. */
import { randomUUID } from 'node:crypto';
import {
  BUILD_REQUEST_SCHEMA,
  type BuildRequest,
  inShort,
  jobOfBuild,
  queuedBuild,
  SHORT_BUILD_REQUEST_SCHEMA,
  type ShortBuildRequest,
} from '@gityard/domain';
import { commanderIn } from '../../ask-desk.ts';
import type { Commander } from '../../desks.ts';
import { endpoint, type ObjectSchema } from '../../endpoint.ts';
import { keyedId } from '../../keyed-id.ts';
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
    'with the same content is the same build, also after a restart of the server. A W3C traceparent makes it part of that trace. A token of ' +
    'one namespace asks for builds of that one.',
  access: 'Developer',
  minds: 'namespaces',
  idempotent: true,
  body: BODY,
  headers: { traceparent: 'W3C Trace Context: the trace that the build is part of' },
  answers: {
    202: {
      description: 'It is in the queue.',
      schema: QUEUED_BUILD,
      headers: { location: 'of the build' },
    },
    404: { description: 'The yard has no such namespace.' },
    409: {
      description:
        'That executionId or Idempotency-Key is of another build; or a rule stands against it, such as a quota of its namespace.',
    },
  },
  handle: ({ options: { builds, look } }) =>
    builds &&
    look &&
    (async ({ body, request, reply }) => {
      const by = commanderIn(request);
      const asked = forOne(by, inShort(body as unknown as BuildRequest | ShortBuildRequest));
      const id = asked.executionId?.toLowerCase() ?? keyedId(request, 'build') ?? randomUUID();
      const job = { ...jobOfBuild(asked), traceparent: traceparentIn(request.headers) };
      const submitted = await builds.submit({ id, job, by });
      if (submitted.state === 'failed') return sendProblem(reply, failedBy(submitted));
      if (submitted.state === 'refused') return sendProblem(reply, refusedBy(submitted));
      const seen = look();
      if (!seen) return sendProblem(reply, NOT_READY);

      const links = linksOf(submitted.job, seen.state);
      reply.code(202).headers({ location: buildAddress(submitted.job.id), 'cache-control': 'no-store' });
      return reply.send({ ...queuedBuild(seen.state, submitted.job, seen.now), links });
    }),
});

/** Whoever may ask for builds of one namespace alone means that one. */
const forOne = ({ namespaces: [only, ...others] }: Commander, asked: ShortBuildRequest): ShortBuildRequest =>
  only === undefined || others.length > 0 ? asked : { namespace: only, ...asked };
