/** Every new snapshot as a server-sent event. The id is the sequence, so that a reader who comes back is not told twice. */
import { Readable } from 'node:stream';
import { endpoint } from '../endpoint.ts';
import { sendProblem } from '../problem.ts';
import { SECURITY_HEADERS } from '../security-headers.ts';
import { tellSnapshots } from '../snapshot-events.ts';

const HEARTBEAT_MS = 15_000;

export const events = endpoint({
  method: 'GET',
  url: '/api/v1/events',
  name: 'followSnapshots',
  tag: 'yard',
  summary: 'Every new snapshot, as it is made',
  description:
    'Server-sent events: `event: snapshot`, whose `id` is the sequence of the read model and whose `data` is the model as JSON. ' +
    'With `Last-Event-ID` a reader is not told again what it has.',
  access: 'looker',
  streams: true,
  answers: { 200: { description: 'Goes on until one of both sides ends it.', type: 'text/event-stream' } },
  handle:
    ({ options: { source, heartbeatMs = HEARTBEAT_MS }, followers }) =>
    ({ request, reply }) => {
      const tooMany = followers.admit(request, reply.raw, { recheckMs: heartbeatMs });
      if (tooMany) return sendProblem(reply, tooMany);

      if (request.method === 'HEAD') return reply.headers(HEADERS).send(Readable.from([]));
      const lastEventId = request.headers['last-event-id'];
      reply.hijack();
      reply.raw.writeHead(200, HEADERS);
      tellSnapshots(reply.raw, {
        source,
        heartbeatMs,
        lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
      });
      return reply;
    },
});

const HEADERS = {
  ...SECURITY_HEADERS,
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Proxies of the nginx family hold an answer back until it ends, unless told so.
  'x-accel-buffering': 'no',
};
