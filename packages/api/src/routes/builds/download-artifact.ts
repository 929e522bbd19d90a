/** The bytes of an artifact, all or a part of them, from wherever they lie. A browser is never to take them for a page. */
import { pipeline, Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { artifactNamed, type NamedArtifact } from '../../artifacts/artifact-id.ts';
import { attachment } from '../../artifacts/attachment.ts';
import { byteRangeIn } from '../../artifacts/byte-range.ts';
import { checkedBytes } from '../../artifacts/checked-bytes.ts';
import type { ArtifactBytes } from '../../desks.ts';
import { endpoint } from '../../endpoint.ts';
import { isKnown } from '../../etag.ts';
import { BYTES, BYTES_TYPE, IF_NONE_MATCH, NOT_CHANGED } from '../../kept.ts';
import { sendProblem } from '../../problem.ts';
import { text, words } from '../../schemas.ts';

const DIGEST = {
  etag: 'the SHA-256 of all the bytes',
  'repr-digest': 'the SHA-256 of all the bytes (RFC 9530)',
  'content-disposition': 'the name of the file',
};

export const downloadArtifact = endpoint({
  method: 'GET',
  url: '/api/v1/artifacts/:id/download',
  name: 'downloadArtifact',
  tag: 'artifacts',
  summary: 'The bytes of an artifact',
  description:
    'At the address that stands where the artifacts of the build are listed no token is needed, until it expires. What is damaged ' +
    'where it lies is not sent to its end.',
  access: 'link',
  params: words({ id: { ...text, maxLength: 150, description: 'the artifactId' } }, ['id']),
  query: words(
    {
      expires: { ...text, maxLength: 20, description: 'until when the address is good, in seconds since 1970' },
      signature: { ...text, maxLength: 100, description: 'of that address, by this server' },
    },
    [],
  ),
  headers: {
    ...IF_NONE_MATCH,
    range: 'bytes=from-to; several ranges are all of it',
    'if-range': 'the `etag` that the range is of',
  },
  answers: {
    200: { ...BYTES, headers: DIGEST },
    206: { description: 'The part that was asked for.', type: BYTES_TYPE, headers: DIGEST },
    302: { description: 'They lie elsewhere.', headers: { location: 'where; good for a few minutes' } },
    304: NOT_CHANGED,
    404: { description: 'There is no such artifact, or none of the places that this server knows has it.' },
    416: { description: 'There is nothing in the range that was asked for.' },
  },
  handle: ({ options: { builds } }) =>
    builds &&
    (async ({ params: { id }, request, reply }) => {
      const named = artifactNamed(id, (job) => builds.manifest(job));
      if (!named) return sendProblem(reply, { status: 404, code: 'NOT_FOUND', detail: `there is no artifact ${id}` });
      const etag = `"${named.artifact.sha256}"`;
      reply.headers({ etag, 'cache-control': 'private, no-cache' });
      if (isKnown(request, etag)) return reply.code(304).send();
      const bytes = await builds.open(named.manifest, named.artifact);
      return bytes ? sendBytes(bytes, { named, etag, request, reply }) : sendProblem(reply, notHere(named));
    }),
});

interface Sending {
  readonly named: NamedArtifact;
  readonly etag: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

async function sendBytes(bytes: ArtifactBytes, { named, etag, request, reply }: Sending): Promise<FastifyReply> {
  if ('redirect' in bytes) return reply.header('cache-control', 'no-store').redirect(bytes.redirect, 302);
  const { sizeBytes, read, close } = bytes;
  const { name, sha256 } = named.artifact;
  const range = byteRangeIn(request.headers, { sizeBytes, etag });
  if (range === 'none') {
    await close();
    return sendProblem(reply, nothingThere(sizeBytes));
  }
  const { from, to } = range ?? { from: 0, to: sizeBytes - 1 };
  reply.headers({
    'accept-ranges': 'bytes',
    'content-disposition': attachment(name),
    'content-length': to - from + 1,
    'content-security-policy': "default-src 'none'; sandbox",
    'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
    ...(range && { 'content-range': `bytes ${from}-${to}/${sizeBytes}` }),
  });
  reply.code(range ? 206 : 200).type(BYTES_TYPE);
  if (request.method === 'HEAD' || sizeBytes === 0) {
    await close();
    return reply.send(Readable.from([]));
  }
  const part = read(from, to);
  // Its failure is told to whoever reads from the last of both.
  return reply.send(range ? part : pipeline(part, checkedBytes(sha256), () => undefined));
}

const notHere = ({ manifest: { agent, store }, artifact }: NamedArtifact) => ({
  status: 404,
  code: 'NOT_FOUND',
  detail:
    `${artifact.path} is not where this server looks: it was made by ${agent}` +
    (store ? ` and put into ${store.name}` : ', which keeps it; name a store to its agent'),
});

const nothingThere = (sizeBytes: number) => ({
  status: 416,
  code: 'USAGE',
  detail: `there are ${sizeBytes} bytes`,
  headers: { 'content-range': `bytes */${sizeBytes}` },
});
