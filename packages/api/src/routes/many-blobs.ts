/** Many files of the yard by the names of their contents: whoever looks at a moment of the past needs hundreds of small ones. */
import { closed } from '@gityard/domain';
import { endpoint } from '../endpoint.ts';
import { bufferOf } from '../kept.ts';
import { BLOBS_LIMIT, fitting } from '../limits.ts';
import { listOf, oid, text, words } from '../schemas.ts';

const BLOB = closed({ oid, content: { ...text, contentEncoding: 'base64' } }, ['oid', 'content']);
const OIDS = {
  ...text,
  pattern: `^[0-9a-f]{40}(?:,[0-9a-f]{40}){0,${BLOBS_LIMIT - 1}}$`,
  description: `up to ${BLOBS_LIMIT} names of contents, with commas between them`,
} as const;

export const manyBlobs = endpoint({
  method: 'GET',
  url: '/api/v1/blobs',
  name: 'readBlobs',
  tag: 'yard',
  summary: 'Many files of the yard by the names of their contents',
  access: 'looker',
  query: words({ oids: OIDS }, ['oids']),
  answers: {
    200: {
      description:
        'Those that the yard holds. What is too large to be sent with the others is to be asked for by itself.',
      schema: closed({ blobs: listOf(BLOB) }, ['blobs']),
    },
  },
  handle: ({ options: { repository } }) =>
    repository &&
    (async ({ query: { oids }, reply }) => {
      const found: { oid: string; bytes: Uint8Array }[] = [];
      for (const oid of new Set(oids.split(','))) {
        const bytes = await repository.blob(oid);
        if (bytes) found.push({ oid, bytes });
      }
      const blobs = fitting(found).map(({ oid, bytes }) => ({ oid, content: bufferOf(bytes).toString('base64') }));
      // Whoever asks keeps each by its name; kept together they would be kept twice.
      return reply.headers({ 'cache-control': 'no-store' }).send({ blobs });
    }),
});
