/** Connections to an https server through a proxy (CONNECT). The proxy sees the name of the host and nothing else. */
import { request as requestHttp } from 'node:http';
import { Agent, type AgentOptions, request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';

import { StoreError } from '../../errors.ts';
import type { HttpProxy } from './proxy.ts';

export interface TunnelOptions {
  readonly proxy: HttpProxy;
  readonly target: URL;
  readonly connectMs: number;
}

type Connected = (error: Error | null, socket?: Duplex) => void;

/** Node asks its agent for connections, keeps them, and uses them again; only how one is made is ours. */
export class TunnelAgent extends Agent {
  readonly #tunnel: TunnelOptions;

  constructor(options: AgentOptions, tunnel: TunnelOptions) {
    super(options);
    this.#tunnel = tunnel;
  }

  createConnection(options: ConnectionOptions, connected: Connected): undefined {
    openTunnel(this.#tunnel)
      .then((socket) => secured(socket, options))
      .then(
        (socket) => connected(null, socket),
        (error: Error) => connected(error),
      );
  }
}

function openTunnel({ proxy, target, connectMs }: TunnelOptions): Promise<Socket> {
  const path = `${target.hostname}:${target.port || 443}`;
  const start = proxy.url.protocol === 'https:' ? requestHttps : requestHttp;
  const headers = { Host: path, ...(proxy.authorization && { 'Proxy-Authorization': proxy.authorization }) };
  const request = start(proxy.url, { method: 'CONNECT', path, headers, agent: false, timeout: connectMs });
  return new Promise((resolve, reject) => {
    request.once('connect', ({ statusCode = 0 }, socket) => {
      // The limit was for the way through the proxy; a kept connection may rest.
      socket.setTimeout(0);
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(refused(statusCode, { proxy, path }));
    });
    request.once('timeout', () => request.destroy(new Error('no answer in time')));
    request.once('error', (cause) => {
      const message = `the proxy ${proxy.url.host} cannot be reached: ${cause.message || 'no connection'}`;
      reject(new StoreError('REMOTE_UNREACHABLE', message, { hint: PROXY_HINT, cause }));
    });
    request.end();
  });
}

function secured(socket: Socket, options: ConnectionOptions): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const secure = connect({ ...options, socket });
    secure.once('secureConnect', () => {
      secure.off('error', reject);
      resolve(secure);
    });
    secure.once('error', reject);
  });
}

function refused(status: number, { proxy, path }: { proxy: HttpProxy; path: string }): StoreError {
  const what = `the proxy ${proxy.url.host} does not lead to ${path} (HTTP ${status})`;
  if (status === 407) return new StoreError('DENIED', what, { hint: PROXY_LOGIN_HINT });
  if (status === 403) return new StoreError('DENIED', what, { hint: 'ask for this host to be allowed there' });
  return new StoreError('REMOTE_UNREACHABLE', what, { hint: PROXY_HINT });
}

const PROXY_HINT = 'check HTTPS_PROXY and http.proxy, or name the host in NO_PROXY';
export const PROXY_LOGIN_HINT =
  'write user and password into the address of the proxy: http://user:password@proxy:3128';
