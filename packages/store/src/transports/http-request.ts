/** One HTTP request with three time limits. Rejects with a StoreError that says whether anything had been sent. */
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

import { linkedAbort } from '../abort.ts';
import { StoreError } from '../errors.ts';
import type { Route } from './access/route.ts';

export interface Limits {
  readonly connectMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
}

export interface HttpQuestion {
  readonly target: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly route: Route;
  readonly limits: Limits;
  readonly signal?: AbortSignal | undefined;
  /** A request that changes something may have done so once it was sent, whatever went wrong later. */
  readonly changes: boolean;
  /** Of the answer; else 1 GB. */
  readonly mostBytes?: number;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Uint8Array;
}

const LARGEST_REPLY_BYTES = 1024 * 1024 * 1024;

export async function send(question: HttpQuestion): Promise<HttpReply> {
  const first = await sendOnce(question);
  if ('status' in first) return first;

  // A server may close a connection at the very moment when we use it again. Asking twice harms nobody.
  const second = first.reused && !question.changes ? await sendOnce(question) : first;
  if ('status' in second) return second;
  throw errorOf(second, question);
}

interface Failure {
  readonly error: Error;
  /** The connection stood, so the request may have gone out. */
  readonly sent: boolean;
  readonly reused: boolean;
}

async function sendOnce(question: HttpQuestion): Promise<HttpReply | Failure> {
  const { limits } = question;
  question.signal?.throwIfAborted();
  const stop = linkedAbort(question.signal, { timeoutMs: limits.totalMs });
  const request = startRequest(question, stop.signal);
  const connection = watchConnection(request, limits);
  try {
    return await collect(await responseTo(request, question.body), question);
  } catch (error) {
    const cause = stop.signal.aborted ? stop.signal.reason : (connection.silence ?? error);
    return { error: cause, sent: connection.stands, reused: request.reusedSocket && !stop.signal.aborted };
  } finally {
    connection.release();
    stop.release();
  }
}

/** Through a proxy, a request in the clear is one to the proxy that names its target in full. */
function startRequest({ target, method, headers, route }: HttpQuestion, signal: AbortSignal): ClientRequest {
  const { agent, proxy } = route;
  const start = (proxy?.url.href ?? target).startsWith('https:') ? requestHttps : requestHttp;
  if (!proxy) return start(target, { method, headers, agent, signal });

  const login = proxy.authorization && { 'Proxy-Authorization': proxy.authorization };
  const all = { ...headers, Host: new URL(target).host, ...login };
  return start(proxy.url, { method, path: target, headers: all, agent, signal });
}

function responseTo(request: ClientRequest, body: Uint8Array | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    // Stays for the life of the request: a connection may break again after it has failed once.
    request.on('error', reject);
    request.end(body);
  });
}

interface Connection {
  stands: boolean;
  /** Why we ended it, where nothing came for too long. */
  silence: Error | null;
  release(): void;
}

function watchConnection(request: ClientRequest, { connectMs, idleMs }: Limits) {
  const connection: Connection = { stands: false, silence: null, release: () => clearTimeout(timer) };
  const timer = setTimeout(() => request.destroy(new Error('no connection in time')), connectMs);
  const established = () => {
    connection.stands = true;
    clearTimeout(timer);
    request.setTimeout(idleMs, () => {
      // An answer that has begun tells of no more than its end.
      connection.silence = new DOMException('not a byte came in time', 'TimeoutError');
      request.destroy(connection.silence);
    });
  };
  request.once('socket', (socket) => {
    if (!socket.connecting) return established();
    socket.once('encrypted' in socket ? 'secureConnect' : 'connect', established);
  });
  return connection;
}

async function collect(
  response: IncomingMessage,
  { target, mostBytes = LARGEST_REPLY_BYTES }: HttpQuestion,
): Promise<HttpReply> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    mustFit(Number(response.headers['content-length'] ?? 0));
    for await (const chunk of response) {
      size += (chunk as Buffer).length;
      mustFit(size);
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    response.destroy();
    throw (error as NodeJS.ErrnoException).code === 'ECONNRESET' ? new Error('its answer ended half-way') : error;
  }
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };

  function mustFit(sizeBytes: number): void {
    if (sizeBytes <= mostBytes) return;
    const text = `the answer of ${new URL(target).host} is larger than ${mostBytes} bytes`;
    throw new StoreError('REMOTE_INVALID', text, { hint: 'check the address' });
  }
}

function errorOf({ error, sent }: Failure, { target, changes, signal }: HttpQuestion): unknown {
  const mayHaveLanded = changes && sent;
  if (signal?.aborted && !mayHaveLanded) return signal.reason;
  if (error instanceof StoreError) return error;

  const host = new URL(target).host;
  const details = { mayHaveLanded, cause: error, hint: 'check the network and the server, then try again' };
  if (sent && error.name === 'TimeoutError')
    return new StoreError('TIMEOUT', `${host} does not answer: ${error.message}`, details);
  if (isDistrust(error)) {
    const hint = 'name its authority by GIT_SSL_CAINFO, git config http.sslCAInfo or NODE_EXTRA_CA_CERTS';
    return new StoreError('REMOTE_INVALID', `the certificate of ${host} is not trusted: ${error.message}`, {
      ...details,
      hint,
    });
  }
  return new StoreError(
    'REMOTE_UNREACHABLE',
    `${host} cannot be reached: ${error.message || 'no connection'}`,
    details,
  );
}

function isDistrust({ code }: NodeJS.ErrnoException): boolean {
  return code !== undefined && /CERT|SIGNATURE/.test(code);
}
