/** How long what was answered may be kept: what lies under the name of its content for ever, what lies under a ref not at all. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from './endpoint.ts';
import { isKnown } from './etag.ts';
import { isOid } from './names.ts';

export interface Kept {
  /** Under which name it was asked for: a ref, or a name that never means anything else. */
  readonly place: string;
  /** What the answer is made from. */
  readonly oid: string;
  readonly type: string;
  readonly body: Buffer | string;
}

export function sendKept(request: FastifyRequest, reply: FastifyReply, { place, oid, type, body }: Kept): FastifyReply {
  const etag = `"${oid}"`;
  reply.headers({ etag, 'cache-control': isOid(place) ? 'private, max-age=31536000, immutable' : 'no-cache' });
  if (isKnown(request, etag)) return reply.code(304).send();
  return reply.type(type).send(body);
}

export const JSON_TYPE = 'application/json; charset=utf-8';
/** Whatever a file says it is, a browser must not take it for a page or a script. */
export const BYTES_TYPE = 'application/octet-stream';

export const BYTES: Answer = { description: 'Its bytes.', type: BYTES_TYPE };
export const NOT_CHANGED: Answer = { description: 'As it was when its `etag` was given out.' };

/** Of the request. */
export const IF_NONE_MATCH = { 'if-none-match': 'the `etag` of an answer that one has' };

export const bufferOf = ({ buffer, byteOffset, length }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, length);
