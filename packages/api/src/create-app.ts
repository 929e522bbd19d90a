/**
 * Puts the server together: guard, then the mounted handler, then the router. The first two see the raw request,
 * so that a push of many megabytes streams into the Git server without a body parser in between.
 */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import fastify, { type FastifyError, type FastifyInstance, type FastifyRequest } from 'fastify';
import { closeGate } from './access/gate.ts';
import { limitRates } from './access/rates.ts';
import { BODY_LIMIT_BYTES, bodyFault, useBodies } from './bodies.ts';
import { docs } from './docs.ts';
import { isLoopback, refusal } from './guard.ts';
import { measureAnswers } from './measure-answers.ts';
import { methodsAt } from './methods-at.ts';
import { describe } from './openapi/describe.ts';
import { pages } from './pages.ts';
import { isTooMuchAtOnce } from './pipelines.ts';
import { endWithProblem, type Problem, sendProblem, writeProblem } from './problem.ts';
import { register } from './register.ts';
import { traceRequests } from './request-span.ts';
import type { RouteContext } from './route-context.ts';
import { ENDPOINTS } from './routes/list.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { endWhenStuck } from './stuck-answers.ts';
import { unfit, useValidators } from './validators.ts';

const HEADER_LIMIT_BYTES = 16 * 1024;
const HEAD_MS = 10_000;
/** As long as nobody takes anything of an answer. */
const STUCK_MS = 60_000;
/** A peer that is gone without a word is known by this. */
const PROBE_MS = 60_000;
/** A push into the mounted Git server may be long; what the API takes is short. */
const WHOLE_MS = { ofApi: 30_000, ofPushes: 600_000 };
const YEAR_SECONDS = 31_536_000;

export async function createApp(context: RouteContext, endpoints = ENDPOINTS): Promise<FastifyInstance> {
  const app = fastify({
    serverFactory: (handler) => serverFor(context, handler),
    bodyLimit: BODY_LIMIT_BYTES,
    // What stands in an address is checked by the endpoints; its length is bounded with that of the head.
    routerOptions: { maxParamLength: HEADER_LIMIT_BYTES },
    forceCloseConnections: 'idle',
    clientErrorHandler: (error, socket) => endWithProblem(socket, unreadable(error)),
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, problemOf(error)),
  });
  traceRequests(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    // Here, before a body would be read: a stranger's upload is not worth parsing to say no.
    if (request.is404) return sendProblem(reply, noSuchRoute(request));
  });
  app.setNotFoundHandler((request, reply) => sendProblem(reply, noSuchRoute(request)));
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    // So say the pages of a way out of their folder, such as //somewhere: nothing is there.
    const problem = error.statusCode === 403 ? noSuchRoute(request) : problemOf(error);
    if (problem.status >= 500) context.options.onFault?.(error);
    return sendProblem(reply, problem);
  });
  const { sessions, options } = context;
  await limitRates(app, options.rates);
  measureAnswers(app, options.metrics);
  closeGate(app, { sessions, tokens: options.tokens, open: options.open ?? true, linkKey: options.builds?.linkKey });
  useBodies(app);
  useValidators(app);
  await describe(app);
  register(app, endpoints, context);
  await docs(app);
  await pages(app, context);
  return app;
}

function serverFor({ options, tls }: RouteContext, handler: RequestListener): Server {
  const { headMs, wholeMs, stuckMs } = {
    ...{ headMs: HEAD_MS, wholeMs: options.mount ? WHOLE_MS.ofPushes : WHOLE_MS.ofApi, stuckMs: STUCK_MS },
    ...options.patience,
  };
  const answer: RequestListener = (request, response) => {
    if (isTooMuchAtOnce(request, response)) return;
    endWhenStuck(response, stuckMs);
    if (tls) remindOfTls(request, response);
    const refused = refusal(request, options);
    if (refused) return writeProblem(response, refused);
    if (options.mount?.(request, response)) return;
    handler(request, response);
  };
  const settings = {
    // The guard refuses it, in the words of every other answer.
    requireHostHeader: false,
    maxHeaderSize: HEADER_LIMIT_BYTES,
    headersTimeout: headMs,
    requestTimeout: wholeMs,
    connectionsCheckingInterval: Math.min(headMs, wholeMs) / 2,
    keepAlive: true,
    keepAliveInitialDelay: PROBE_MS,
  };
  const server = tls
    ? createSecureServer({ ...settings, ...tls, handshakeTimeout: headMs }, answer)
    : createServer(settings, answer);
  return server.on('checkExpectation', (_request, response) => writeProblem(response, UNEXPECTED));
}

const UNEXPECTED: Problem = {
  status: 417,
  code: 'USAGE',
  detail: 'of expectations only 100-continue is met',
  headers: { connection: 'close' },
};

/** RFC 6797. Not on this machine: there it would hold for whatever else listens under the same name. */
function remindOfTls({ headers }: IncomingMessage, response: ServerResponse): void {
  const name = headers.host?.replace(/:\d+$/, '') ?? '';
  if (!isLoopback(name)) response.setHeader('strict-transport-security', `max-age=${YEAR_SECONDS}`);
}

function noSuchRoute({ method, url }: FastifyRequest): Problem {
  const path = pathOf(url);
  const allowed = methodsAt(path);
  // Also what this server lacks, though others have it.
  if ((method === 'GET' || method === 'HEAD') && (allowed.length === 0 || allowed.includes('GET')))
    return { status: 404, code: 'NOT_FOUND', detail: `there is nothing at ${path}` };
  return {
    status: 405,
    code: 'USAGE',
    detail: `${method} is not possible at ${path}`,
    headers: { allow: allowed.length === 0 ? 'GET, HEAD' : allowed.join(', ') },
  };
}

/** What the caller did wrong is told; what went wrong inside is not. */
function problemOf(error: FastifyError): Problem {
  if (error.validation) return unfit(error.validation);
  const status = error.statusCode ?? 500;
  if (status >= 500 && isOfTheWorld(error)) return UNREADABLE;
  if (status >= 500)
    return { status, code: 'INTERNAL', detail: 'the server failed at this request; what it prints says why' };
  return { status, code: status === 413 ? 'TOO_LARGE' : 'USAGE', detail: bodyFault(error) };
}

/** Failures of the world have a code of their own; what has none is a fault of this program. */
const isOfTheWorld = ({ statusCode, code }: FastifyError): boolean => statusCode === undefined && code !== undefined;

const UNREADABLE: Problem = {
  status: 503,
  code: 'UNAVAILABLE',
  detail: 'something that this server needs cannot be read now; what it prints says why; try again in a moment',
  headers: { 'retry-after': '5' },
};

/** A request whose head is too long, too slow or no HTTP. */
function unreadable({ code }: { readonly code: string }): Problem {
  if (code === 'HPE_HEADER_OVERFLOW')
    return { status: 431, code: 'TOO_LARGE', detail: `address and headers may have ${HEADER_LIMIT_BYTES} bytes` };
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return { status: 408, code: 'TIMEOUT', detail: 'the request did not come in time' };
  return { status: 400, code: 'USAGE', detail: 'that is no HTTP request' };
}

const pathOf = (url: string): string => url.split('?', 1)[0] ?? url;
