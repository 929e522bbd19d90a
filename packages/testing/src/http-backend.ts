/**
 * Git's own server program, `git http-backend`, behind a plain Node server. It exists so that our Git server is not
 * the only one that our clients are ever tried against; it shares no line with it. It counts what passes through.
 */
import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import { git, gitEnvironment } from './git.ts';

export interface HttpBackend {
  readonly url: string;
  urlOf(name: string): string;
  /** Makes an empty bare repository that may be pushed to; resolves with its path. */
  createRepository(name: string): Promise<string>;
  /** Since the start or the last reset. The bytes are those of bodies. */
  readonly requests: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  resetCounters(): void;
  close(): Promise<void>;
}

interface Counters {
  requests: number;
  bytesIn: number;
  bytesOut: number;
}

const NOTHING: Counters = { requests: 0, bytesIn: 0, bytesOut: 0 };

export async function startHttpBackend({ root }: { root: string }): Promise<HttpBackend> {
  const counters = { ...NOTHING };
  const server = createServer((request, response) => answer(root, { request, response, counters }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    urlOf: (name) => `${url}/${name}.git`,
    createRepository: (name) => createRepository(root, name),
    get requests() {
      return counters.requests;
    },
    get bytesIn() {
      return counters.bytesIn;
    },
    get bytesOut() {
      return counters.bytesOut;
    },
    resetCounters: () => void Object.assign(counters, NOTHING),
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

async function createRepository(root: string, name: string): Promise<string> {
  const path = join(root, `${name}.git`);
  await git(['init', '--quiet', '--bare', '--template=', path], { cwd: root });
  const settings = ['http.receivepack', 'uploadpack.allowFilter', 'receive.fsckObjects'];
  for (const setting of settings) await git(['config', setting, 'true'], { cwd: path });
  return path;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly counters: Counters;
}

function answer(root: string, { request, response, counters }: Exchange): void {
  counters.requests += 1;
  const backend = spawn('git', ['http-backend'], { env: gitEnvironment(variables(root, request)), stdio: 'pipe' });
  request.on('data', (chunk: Buffer) => {
    counters.bytesIn += chunk.length;
  });
  // Either side may leave first; the other then sees the end of its stream, which is all it needs.
  backend.stdin.on('error', () => undefined);
  request.pipe(backend.stdin);
  response.once('close', () => backend.kill());
  void relay(backend.stdout, response, counters);
}

/** The request as the CGI standard wants it told. Git looks at no other variables than these. */
function variables(root: string, { method = 'GET', url = '/', headers }: IncomingMessage): Record<string, string> {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  return {
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    REQUEST_METHOD: method,
    PATH_INFO: decodeURIComponent(pathname),
    QUERY_STRING: searchParams.toString(),
    CONTENT_TYPE: headers['content-type'] ?? '',
    CONTENT_LENGTH: headers['content-length'] ?? '',
    HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
    GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
    REMOTE_ADDR: '127.0.0.1',
  };
}

async function relay(output: Readable, response: ServerResponse, counters: Counters): Promise<void> {
  let head = Buffer.alloc(0);
  for await (const chunk of output) {
    let body: Buffer = chunk;
    if (!response.headersSent) {
      head = Buffer.concat([head, chunk]);
      body = begin(response, head);
    }
    counters.bytesOut += body.length;
    if (response.headersSent) response.write(body);
  }
  if (!response.headersSent) response.writeHead(500);
  response.end();
}

/** Sends the head as soon as all of it is here; returns what of the body came with it. */
function begin(response: ServerResponse, soFar: Buffer): Buffer {
  const end = soFar.indexOf('\r\n\r\n');
  if (end < 0) return Buffer.alloc(0);

  const lines = soFar.subarray(0, end).toString('latin1').split('\r\n');
  const headers = lines.map((line) => line.split(/: (.*)/, 2) as [string, string]);
  const status = headers.find(([name]) => name.toLowerCase() === 'status')?.[1] ?? '200';
  const others = headers.filter(([name]) => name.toLowerCase() !== 'status');
  response.writeHead(Number.parseInt(status, 10), others.flat());
  return soFar.subarray(end + 4);
}
