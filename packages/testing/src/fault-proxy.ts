/**
 * A proxy in front of a Git server that misbehaves on demand, so that a spec can see what a client does when the
 * network or the host does its worst. It does not look into what passes: a push is told by its path alone.
 */
import {
  createServer,
  type IncomingMessage,
  request as openRequest,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

import { type FaultMode, type FaultName, meet, nameOf, type TargetReply } from './fault-modes.ts';
import { createFaultRules, type FaultRule, kindOf, type ProxiedRequest, type RequestKind } from './fault-rules.ts';

export interface FaultProxyOptions {
  /** The server behind, without a path: `http://127.0.0.1:7420`. */
  readonly target: string;
  /** What a 429 tells the client to wait. */
  readonly retryAfterSeconds?: number;
  /**
   * Whether connections are used again. Off, because Git's client sends a request a second time by itself, and
   * tells nobody, when a connection that served before dies without a reply: a lost reply then looks like a race.
   */
  readonly keepAlive?: boolean;
}

export interface FaultProxy {
  readonly url: string;
  urlOf(name: string): string;
  /** For every request that no rule speaks of, from now on. */
  setMode(mode: FaultMode): void;
  /** The first rule that fits a request wins; returns what removes this one. */
  addRule(rule: FaultRule): () => void;
  /** Pushes number n, 2n, 3n, … counted from the proxy's start. */
  everyNthPush(n: number, mode: FaultMode): () => void;
  /** All rules are gone, all is well; who hangs is disconnected. */
  heal(): void;
  /** How many requests of each kind came in, and how many met which mode. */
  readonly requests: Readonly<Record<RequestKind, number>>;
  readonly faults: Readonly<Record<FaultName, number>>;
  close(): Promise<void>;
}

export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const { target, retryAfterSeconds = 1, keepAlive = false } = options;
  const rules = createFaultRules();
  const requests = { discovery: 0, fetch: 0, push: 0, other: 0 };
  const faults = noFaults();
  const hanging = new Set<ServerResponse>();

  function handle(request: IncomingMessage, response: ServerResponse): void {
    response.shouldKeepAlive &&= keepAlive;
    const seen = describe(request, requests);
    const mode = rules.modeFor(seen);
    faults[nameOf(mode)] += 1;
    if (mode === 'hang') hanging.add(response);
    response.once('close', () => hanging.delete(response));

    const elsewhere = new URL(seen.path, target).href;
    const forward = () => send(request, elsewhere);
    // The client may leave, or the target be gone: either way the client is owed nothing but a closed connection.
    meet(mode, { response, forward, elsewhere, retryAfterSeconds }).catch(() => response.destroy());
  }

  function disconnect(): void {
    for (const response of hanging) response.destroy();
  }

  const server = createServer(handle);
  const url = await listen(server);
  return {
    url,
    urlOf: (name) => `${url}/${name}.git`,
    setMode(mode) {
      rules.mode = mode;
    },
    addRule: (rule) => rules.add(rule),
    everyNthPush: (n, mode) => rules.add({ when: ({ kind, number }) => kind === 'push' && number % n === 0, mode }),
    heal() {
      rules.clear();
      disconnect();
    },
    requests,
    faults,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

function noFaults(): Record<FaultName, number> {
  const denials = { '401': 0, '403': 0, '404': 0, '429': 0, '500': 0, '503': 0 };
  return { ok: 0, ...denials, slow: 0, hang: 0, html: 0, redirect: 0, 'lose-reply': 0, 'cut-reply': 0, reset: 0 };
}

function describe({ method = 'GET', url = '/' }: IncomingMessage, counts: Record<RequestKind, number>): ProxiedRequest {
  const kind = kindOf(url);
  counts[kind] += 1;
  return { kind, method, path: url, number: counts[kind] };
}

/** Sends a request on only when all of it is here: what a client broke off is not passed on in part. */
async function send(request: IncomingMessage, url: string): Promise<TargetReply> {
  const body = await buffer(request);
  const { host: _host, connection: _connection, 'transfer-encoding': _encoding, ...headers } = request.headers;
  return new Promise((resolve, reject) => {
    const call = openRequest(url, {
      method: request.method,
      agent: false,
      headers: { ...headers, 'content-length': body.length },
    });
    call.once('error', reject);
    call.once('response', (reply) => void received(reply).then(resolve, reject));
    call.end(body);
  });
}

async function received(reply: IncomingMessage): Promise<TargetReply> {
  const { connection: _connection, 'transfer-encoding': _encoding, ...rest } = reply.headers;
  const headers = Object.fromEntries(Object.entries(rest).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return { status: reply.statusCode ?? 502, headers, body: await buffer(reply) };
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}
