/**
 * The embedded Git server: bare repositories of one folder over Git's smart HTTP protocol, spoken by the system's
 * own `upload-pack` and `receive-pack`. Here are its life and its limits; one request is the matter of exchange.ts.
 * It has no users and no passwords, and therefore serves this machine alone unless told otherwise.
 */
import { mkdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { resolve } from 'node:path';

import { isLocalCaller, isLoopback } from './caller.ts';
import { DirectLane } from './direct/direct-lane.ts';
import { busy, GitServerError, HttpProblem } from './errors.ts';
import { type Exchange, type GitRequestInfo, startExchange } from './exchange.ts';
import { createGate } from './gate.ts';
import { listen } from './listen.ts';
import { sendProblem } from './reply.ts';
import { createRepository } from './repositories.ts';
import { isGitPath, routeOf } from './route.ts';
import { createUpkeep, type Upkeep } from './upkeep.ts';

export interface GitServerOptions {
  /** The folder that holds `<name>.git`; made when missing. */
  readonly root: string;
  readonly host?: string;
  /** Listens beyond loopback and believes any Host header. Whoever reaches the port may then read and push. */
  readonly allowRemote?: boolean;
  /** 0 takes any free port. */
  readonly port?: number;
  /** How many git processes run at once; 256 more requests wait their turn. */
  readonly maxConcurrent?: number;
  readonly maxBodyBytes?: number;
  /** How long one git process may take. */
  readonly timeoutMs?: number;
  /** How long `close` lets running requests finish. */
  readonly graceMs?: number;
  /** Told about every request for a service of a legally named repository, once it is over. */
  readonly onRequest?: (info: GitRequestInfo) => void;
}

export interface GitServer {
  readonly url: string;
  urlOf(name: string): string;
  /** Makes a bare repository, or leaves the one that is there as it is; resolves with its path. */
  createRepository(name: string, options?: { description?: string }): Promise<string>;
  /** For another HTTP server that mounts this one; false when the path is not a Git path and nothing was done. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  close(): Promise<void>;
}

const PLACES_IN_LINE = 256;
// Longer than the minute between two heartbeats: a connection that closes just as a push is sent would leave the
// pusher in doubt whether it landed.
const KEEP_ALIVE_MS = 75_000;

export async function startGitServer(options: GitServerOptions): Promise<GitServer> {
  const { host = '127.0.0.1', port = 0, allowRemote = false, graceMs = 5_000 } = options;
  if (!allowRemote && !isLoopback(host)) throw new GitServerError('HOST_NOT_LOOPBACK', openToAll(host));

  const root = resolve(options.root);
  await mkdir(root, { recursive: true });
  const life: Life = {
    active: new Set(),
    closing: new AbortController(),
    upkeep: createUpkeep(),
    direct: new DirectLane(),
  };
  const handle = handler({ ...options, root }, life);
  const server = createServer((request, response) => {
    if (!handle(request, response)) sendProblem(response, new HttpProblem(404, 'there are only Git repositories here'));
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const url = await listen(server, { host, port });

  let closed: Promise<void> | undefined;
  return {
    url,
    urlOf: (name) => `${url}/${name}.git`,
    createRepository: (name, details) => createRepository(root, name, details),
    handle,
    close() {
      closed ??= close(server, life, graceMs);
      return closed;
    },
  };
}

/** What is going on right now, and the signal that it is about to end. */
interface Life {
  readonly active: Set<Exchange>;
  readonly closing: AbortController;
  readonly upkeep: Upkeep;
  readonly direct: DirectLane;
}

function handler(options: GitServerOptions, { active, closing, upkeep, direct }: Life): GitServer['handle'] {
  const { root, onRequest, allowRemote, maxConcurrent = 16, maxBodyBytes = 64 << 20, timeoutMs = 60_000 } = options;
  const gate = createGate({ slots: maxConcurrent, places: PLACES_IN_LINE });
  const context = { root, gate, upkeep, direct, maxBodyBytes, timeoutMs, closing: closing.signal, onRequest };

  return (request, response) => {
    if (!isGitPath(request.url ?? '')) return false;

    const route = allowRemote || isLocalCaller(request.headers) ? routeOf(request) : foreign();
    if (route instanceof HttpProblem) {
      sendProblem(response, route);
      return true;
    }
    const exchange = startExchange(context, { route, request, response });
    active.add(exchange);
    void exchange.done.finally(() => active.delete(exchange));
    return true;
  };
}

/** Refuses what waits, lets finish what runs, and when the grace is over ends that too. */
async function close(server: Server, { active, closing, upkeep, direct }: Life, graceMs: number): Promise<void> {
  closing.abort(busy('the server is closing'));
  const stopped = new Promise<void>((resolveStopped) => server.close(() => resolveStopped()));
  const grace = setTimeout(() => cutAll(active), graceMs);
  await Promise.all([...[...active].map((exchange) => exchange.done), upkeep.stop()]);
  await direct.close();
  clearTimeout(grace);
  server.closeAllConnections();
  await stopped;
}

function cutAll(active: Set<Exchange>): void {
  for (const exchange of active) exchange.cut();
}

function openToAll(host: string): string {
  return `${host} is not a loopback address and this server has no passwords; use 127.0.0.1, or allowRemote if the network is trusted`;
}

function foreign(): HttpProblem {
  return new HttpProblem(403, 'this server answers to its own machine only; ask for 127.0.0.1 or localhost');
}
