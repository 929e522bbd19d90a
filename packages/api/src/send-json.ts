/** JSON that whoever asks may have already. It is named by its own digest: what it tells of changes with the time, too. */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isKnown } from './etag.ts';
import { JSON_TYPE } from './kept.ts';

export function sendJson(request: FastifyRequest, reply: FastifyReply, value: object): FastifyReply {
  const body = JSON.stringify(value);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  reply.headers({ etag, 'cache-control': 'private, no-cache' });
  if (isKnown(request, etag)) return reply.code(304).send();
  return reply.type(JSON_TYPE).send(body);
}
