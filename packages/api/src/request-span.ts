/**
 * Each request as a span, of the trace that its caller is in. Whoever reads `traceparent` of a request afterwards reads where it
 * stands in its trace now, or nothing: what is no traceparent is ignored, as the W3C wants it.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { beginSpan, readTraceparent } from '@gityard/telemetry';
import type { FastifyInstance, FastifyRequest } from 'fastify';

type RequestSpan = ReturnType<typeof beginSpan>;

/** Asked for all day by machines, or open for as long as somebody looks: they would bury the rest. */
const QUIET = /^\/(?:healthz|readyz|metrics|api\/v1\/events)$/;

export const traceparentIn = ({ traceparent }: IncomingHttpHeaders): string | null =>
  readTraceparent(traceparent) ?? null;

export function traceRequests(app: FastifyInstance): void {
  const spans = new WeakMap<FastifyRequest, RequestSpan>();
  app.addHook('onRequest', (request, reply, done) => {
    const given = traceparentIn(request.headers);
    const span = isQuiet(request) ? undefined : beginSpan(wishFor(request, given));
    const own = span?.traceparent ?? given;
    if (own === null) delete request.headers.traceparent;
    else request.headers.traceparent = own;
    if (!span) return done();
    spans.set(request, span);
    reply.raw.once('close', () => endWith(span, reply.statusCode));
    span.run(done);
  });
  // A body comes with the socket's own events, which know nothing of the request.
  app.addHook('preValidation', (request, _reply, done) => {
    const span = spans.get(request);
    if (span) span.run(done);
    else done();
  });
}

const isQuiet = ({ url }: FastifyRequest): boolean => QUIET.test(pathOf(url));

function wishFor({ method, protocol, url, routeOptions }: FastifyRequest, parent: string | null) {
  const route = routeOptions.url ?? '';
  return {
    name: `${method} ${route}`.trim(),
    kind: 'server' as const,
    parent: parent ?? undefined,
    // Not what is asked for besides: signed addresses have their signature there.
    facts: {
      'http.request.method': method,
      'http.route': route || undefined,
      'url.path': pathOf(url),
      'url.scheme': protocol,
    },
  };
}

function endWith(span: RequestSpan, status: number): void {
  const isOurFault = status >= 500;
  span.note({ 'http.response.status_code': status, 'error.type': isOurFault ? String(status) : null });
  if (isOurFault) span.failed(`answered with ${status}`);
  span.end();
}

const pathOf = (url: string): string => url.split('?', 1)[0] ?? url;
