/** What a caller asks for under an `Idempotency-Key`, by a name that is always the same: no server has to remember it. */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** undefined: there is no key. What is asked for at one kind of address is never taken for what is at another. */
export function keyedId(
  { caller, headers }: FastifyRequest,
  kind: 'build' | 'command' | 'message' | 'token',
): string | undefined {
  const key = headers['idempotency-key'];
  if (typeof key !== 'string') return undefined;
  const asked = `${caller?.id ?? ''}\n${key}`;
  const hex = createHash('sha256')
    .update(kind === 'build' ? asked : `${kind}\n${asked}`)
    .digest('hex');
  // A UUID of version 8, which is what one makes of one's own bits (RFC 9562).
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
