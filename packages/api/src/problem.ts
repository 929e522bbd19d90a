/** The one shape of every error answer: RFC 9457 problem details, with our code beside the HTTP status. */
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { SECURITY_HEADERS } from './security-headers.ts';

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const MEDIA_TYPE = 'application/problem+json; charset=utf-8';

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .headers({ 'cache-control': 'no-store', ...problem.headers })
    .type(MEDIA_TYPE)
    .send(bodyOf(problem, reply.request.url));
}

/** For requests that never reach the router. */
export function writeProblem(response: ServerResponse, problem: Problem): void {
  const headers = { ...SECURITY_HEADERS, 'cache-control': 'no-store', ...problem.headers, 'content-type': MEDIA_TYPE };
  response.writeHead(problem.status, headers).end(bodyOf(problem, response.req.url));
}

/** For what could not even be read as a request, and so has no response: the whole answer, after which nothing follows. */
export function endWithProblem(socket: Duplex, problem: Problem): void {
  if (!socket.writable) return void socket.destroy();
  const body = bodyOf(problem);
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': MEDIA_TYPE,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${problem.status} ${titleOf(problem.status)}\r\n${lines.join('')}\r\n${body}`, () =>
    socket.destroy(),
  );
}

/** What was asked for besides its path stays out: addresses have signatures there, and problems are written into logs. */
function bodyOf({ status, code, detail }: Problem, url?: string): string {
  const instance = url?.split('?', 1)[0];
  return JSON.stringify({ type: 'about:blank', title: titleOf(status), status, code, detail, instance });
}

const titleOf = (status: number): string => STATUS_CODES[status] ?? 'Error';

export const NOT_READY: Problem = {
  status: 503,
  code: 'NOT_READY',
  detail: 'the yard has not been read yet; ask again in a moment',
  headers: { 'retry-after': '1' },
};
