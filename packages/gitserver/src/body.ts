/**
 * The body of a request as git must see it: unpacked and never longer than allowed. The limit holds on both sides
 * of the unpacking, because a few kilobytes of gzip can hold gigabytes.
 */
import type { IncomingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';

import { HttpProblem } from './errors.ts';

/** A body up to this size is read before a process is started for it: a slow sender then holds no slot. */
const SMALL_BYTES = 64 * 1024;

interface BodyOptions {
  readonly maxBytes: number;
  /** Told the size of every piece as it came over the wire. */
  readonly onBytes: (sizeBytes: number) => void;
  /** The client left. A body that is still on its way then fails, one that is here already does not. */
  readonly gone: AbortSignal;
  /** The server closes. Nobody waits any longer for a small body; a large one has a process that may finish. */
  readonly closing: AbortSignal;
}

/** Rejects with the problem to reply with. A stream that is returned fails with one, and keeps it in `errored`. */
export async function openBody(request: IncomingMessage, options: BodyOptions): Promise<Buffer | Readable> {
  const declaredBytes = Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY);
  if (Number.isFinite(declaredBytes) && declaredBytes > options.maxBytes) throw tooLarge(options.maxBytes);

  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (!/^(?:identity|gzip|x-gzip)$/.test(encoding)) throw new HttpProblem(415, 'a body may be plain or gzip');

  const isSmall = declaredBytes <= SMALL_BYTES;
  const wire = request.pipe(meter(options.maxBytes, options.onBytes));
  failWhen(isSmall ? AbortSignal.any([options.gone, options.closing]) : options.gone, wire);
  const body = encoding === 'identity' ? wire : unpack(wire, options.maxBytes);
  if (isSmall) return buffer(body);

  // It may fail while it waits for its git, when nobody listens yet; Node would end the program for that.
  return body.on('error', () => undefined);
}

function failWhen(signal: AbortSignal, stream: Transform): void {
  const fail = () => stream.destroy(signal.reason);
  if (signal.aborted) fail();
  signal.addEventListener('abort', fail, { once: true });
  stream.once('close', () => signal.removeEventListener('abort', fail));
}

function unpack(wire: Readable, maxBytes: number): Readable {
  const plain = meter(maxBytes);
  const unpacked = createGunzip();
  wire.on('error', (error) => plain.destroy(error));
  unpacked.on('error', () => plain.destroy(new HttpProblem(400, 'the body is not valid gzip')));
  return wire.pipe(unpacked).pipe(plain);
}

// Streams are joined with `pipe`, not `pipeline`: that one destroys the request on an error, and with it the
// socket on which the reply with the reason still has to travel.
function meter(maxBytes: number, onBytes?: (sizeBytes: number) => void): Transform {
  let seenBytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seenBytes += chunk.length;
      onBytes?.(chunk.length);
      if (seenBytes > maxBytes) done(tooLarge(maxBytes));
      else done(null, chunk);
    },
  });
}

function tooLarge(maxBytes: number): HttpProblem {
  return new HttpProblem(413, `the body is larger than the allowed ${maxBytes} bytes`);
}
