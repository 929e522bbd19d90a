/** Git's own server program behind a plain Node server, for specs. Counts what passes, and breaks on request. */
import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly bytes: number;
  readonly authorization: string | undefined;
  status?: number;
  /** What Git answered, its headers included. */
  answeredBytes: number;
}

export interface HttpBackend {
  readonly url: string;
  readonly port: number;
  readonly requests: Seen[];
  /** Made so far. */
  readonly connections: number;
  /** The status with which a request is turned away before it reaches Git. */
  refuse: ((request: Seen) => number | undefined) | undefined;
  /** Answers the next push instead of Git, or after it. */
  onPush: ((response: ServerResponse, forward: () => Promise<void>) => void | Promise<void>) | undefined;
  /** Answers every request instead of Git. */
  onAny: ((response: ServerResponse) => void) | undefined;
  close(): Promise<void>;
}

export interface HttpBackendOptions {
  /** Then it is an https server. */
  readonly identity?: { readonly key: Buffer; readonly cert: Buffer };
}

export async function startHttpBackend(root: string, { identity }: HttpBackendOptions = {}): Promise<HttpBackend> {
  const listener: RequestListener = (request, response) => {
    // Whoever asked may leave in the middle; who has not is to see that something went wrong.
    answer(root, { request, response, backend }).catch(() => response.destroy());
  };
  const server = identity ? createSecureServer(identity, listener) : createServer(listener);
  // Specs count connections, and no pause of theirs is to be the end of one.
  server.keepAliveTimeout = 600_000;
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const backend: HttpBackend = {
    url: `${identity ? 'https' : 'http'}://127.0.0.1:${port}/yard.git`,
    port,
    requests: [],
    get connections() {
      return connections;
    },
    refuse: undefined,
    onPush: undefined,
    onAny: undefined,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return backend;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly backend: HttpBackend;
}

async function answer(root: string, { request, response, backend }: Exchange): Promise<void> {
  const body = Buffer.concat(await chunksOf(request));
  const { method = '', url: path = '', headers } = request;
  const seen: Seen = { method, path, bytes: body.length, authorization: headers.authorization, answeredBytes: 0 };
  const status = backend.refuse?.(seen);
  backend.requests.push(seen);
  if (status !== undefined) seen.status = status;
  if (status !== undefined) return void response.writeHead(status).end();
  if (backend.onAny) return backend.onAny(response);

  const forward = async () => {
    const output = await run(root, request, body);
    seen.answeredBytes = output.length;
    send(response, output);
  };
  const { onPush } = backend;
  if (!onPush || !path.endsWith('/git-receive-pack')) return forward();
  backend.onPush = undefined;
  await onPush(response, async () => void (await run(root, request, body)));
}

async function run(root: string, { method, url = '', headers }: IncomingMessage, body: Buffer): Promise<Buffer> {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const child = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      REQUEST_METHOD: method,
      PATH_INFO: pathname,
      QUERY_STRING: searchParams.toString(),
      CONTENT_TYPE: headers['content-type'],
      CONTENT_LENGTH: `${body.length}`,
      GIT_PROTOCOL: `${headers['git-protocol'] ?? ''}`,
    },
  });
  // Git may refuse before it has read everything.
  child.stdin.on('error', () => undefined);
  child.stdin.end(body);
  return Buffer.concat(await chunksOf(child.stdout));
}

function send(response: ServerResponse, output: Buffer): void {
  const end = output.indexOf('\r\n\r\n');
  const headers = new Map(
    output
      .subarray(0, end)
      .toString()
      .split('\r\n')
      .map((line) => line.split(': ', 2) as [string, string]),
  );
  const status = Number.parseInt(headers.get('Status') ?? '200', 10);
  headers.delete('Status');
  response.writeHead(status, Object.fromEntries(headers)).end(output.subarray(end + 4));
}

async function chunksOf(stream: AsyncIterable<Buffer>): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}
