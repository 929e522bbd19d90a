/** `GET /api/v1/events`: every new snapshot as a server-sent event. The id is the sequence, so that a reader who comes back is not told twice. */
import type { FastifyInstance } from 'fastify';
import { sendProblem } from '../problem.ts';
import { SECURITY_HEADERS } from '../security-headers.ts';
import type { RouteContext } from './route.ts';

const HEARTBEAT_MS = 15_000;

export function events(app: FastifyInstance, { options, followers }: RouteContext): void {
  const { source, heartbeatMs = HEARTBEAT_MS } = options;
  // A HEAD must not follow anything: its answer would never end.
  app.head('/api/v1/events', (_request, reply) => reply.headers(HEADERS).send());
  app.get('/api/v1/events', { exposeHeadRoute: false }, (request, reply) => {
    if (followers.full) return sendProblem(reply, TOO_MANY);

    const lastEventId = request.headers['last-event-id'];
    reply.hijack();
    reply.raw.writeHead(200, HEADERS);
    followers.add(reply.raw, {
      source,
      heartbeatMs,
      lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
    });
    return reply;
  });
}

const HEADERS = {
  ...SECURITY_HEADERS,
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Proxies of the nginx family hold an answer back until it ends, unless told so.
  'x-accel-buffering': 'no',
};

const TOO_MANY = {
  status: 503,
  code: 'TOO_MANY_FOLLOWERS',
  detail: 'as many dashboards follow this server as it serves; close one, or read /api/v1/snapshot now and then',
  headers: { 'retry-after': '30' },
};
