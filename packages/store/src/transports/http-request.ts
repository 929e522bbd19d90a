/** One HTTP request with three time limits. Rejects with a StoreError that says whether anything had been sent. */
import { type Agent, type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

import { linkedAbort } from '../abort.ts';
import { StoreError } from '../errors.ts';

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
  readonly agent: Agent;
  readonly limits: Limits;
  readonly signal?: AbortSignal | undefined;
  /** A request that changes something may have done so once it was sent, whatever went wrong later. */
  readonly changes: boolean;
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
  const { target, method, headers, agent, limits } = question;
  question.signal?.throwIfAborted();
  const stop = linkedAbort(question.signal, { timeoutMs: limits.totalMs });
  const start = target.startsWith('https:') ? requestHttps : requestHttp;
  const request = start(target, { method, headers, agent, signal: stop.signal });
  const connection = watchConnection(request, limits);
  try {
    return await collect(await responseTo(request, question.body));
  } catch (error) {
    const cause = stop.signal.aborted ? stop.signal.reason : error;
    return { error: cause, sent: connection.stands, reused: request.reusedSocket && !stop.signal.aborted };
  } finally {
    connection.release();
    stop.release();
  }
}

function responseTo(request: ClientRequest, body: Uint8Array | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    // Stays for the life of the request: a connection may break again after it has failed once.
    request.on('error', reject);
    request.end(body);
  });
}

function watchConnection(request: ClientRequest, { connectMs, idleMs }: Limits) {
  const connection = { stands: false, release: () => clearTimeout(timer) };
  const timer = setTimeout(() => request.destroy(new Error('no connection in time')), connectMs);
  const established = () => {
    connection.stands = true;
    clearTimeout(timer);
  };
  request.once('socket', (socket) => {
    if (!socket.connecting) return established();
    socket.once('encrypted' in socket ? 'secureConnect' : 'connect', established);
  });
  request.setTimeout(idleMs, () => request.destroy(new DOMException('not a byte came in time', 'TimeoutError')));
  return connection;
}

async function collect(response: IncomingMessage): Promise<HttpReply> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += (chunk as Buffer).length;
    if (size > LARGEST_REPLY_BYTES) throw new Error('the answer is larger than 1 GB');
    chunks.push(chunk as Buffer);
  }
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };
}

function errorOf({ error, sent }: Failure, { target, changes, signal }: HttpQuestion): unknown {
  const mayHaveLanded = changes && sent;
  if (signal?.aborted && !mayHaveLanded) return signal.reason;

  const host = new URL(target).host;
  const details = { mayHaveLanded, cause: error, hint: 'check the network and the server, then try again' };
  if (sent && error.name === 'TimeoutError')
    return new StoreError('TIMEOUT', `${host} does not answer: ${error.message}`, details);
  return new StoreError(
    'REMOTE_UNREACHABLE',
    `${host} cannot be reached: ${error.message || 'no connection'}`,
    details,
  );
}
