/** Starts the API and ends it: which address it may take, and that nobody is left hanging when it closes. */
import type { Server as SecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ApiStartError } from './api-start-error.ts';
import { createApp } from './create-app.ts';
import { Followers } from './followers.ts';
import { isLoopback } from './guard.ts';
import type { Api, ApiOptions } from './options.ts';
import { Sessions } from './sessions.ts';
import { readTls, renewTls } from './tls.ts';
import { trackRequests } from './under-way.ts';

const MAX_FOLLOWERS = 200;
/** How long requests under way may take to finish once the server closes. */
const GRACE_MS = 5_000;

export async function startApi(options: ApiOptions): Promise<Api> {
  const { host = '127.0.0.1', port = 0, maxFollowers = MAX_FOLLOWERS } = options;
  if (!isLoopback(host)) refuseDanger(host, options);
  const tls = options.tls && (await readTls(options.tls));

  const closing = new AbortController();
  const followers = new Followers(maxFollowers);
  const sessions = new Sessions(options.key);
  const app = await createApp({ options, followers, sessions, tls, closing: closing.signal });
  await listen(app, { host, port });
  const stopRenewing = options.tls && renewTls(app.server as unknown as SecureServer, options.tls, options.onFault);
  const underWay = trackRequests(app.server);
  return {
    url: urlOf(app.server.address() as AddressInfo, tls ? 'https' : 'http'),
    get followers() {
      return followers.size;
    },
    close: async () => {
      closing.abort();
      stopRenewing?.();
      followers.endAll();
      const closed = app.close();
      await underWay.settled(GRACE_MS);
      app.server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(app: FastifyInstance, where: { host: string; port: number }): Promise<void> {
  try {
    await app.listen(where);
  } catch (error) {
    await app.close();
    throw new ApiStartError(
      'USAGE',
      `cannot listen on ${where.host}:${where.port} (${reasonOf(error)}); choose another ${remedyFor(error)}`,
      { cause: error },
    );
  }
}

/** A wildcard address is where one listens, not where one calls. */
function urlOf({ address, family, port }: AddressInfo, scheme: string): string {
  const reachable = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
  return `${scheme}://${family === 'IPv6' ? `[${reachable}]` : reachable}:${port}`;
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something else listens there',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'nobody knows that name',
  EACCES: 'it takes rights that this user has not',
};
const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
const reasonOf = (error: unknown): string => REASONS[codeOf(error)] ?? codeOf(error);
const remedyFor = (error: unknown): string => (/ADDRNOTAVAIL|NOTFOUND/.test(codeOf(error)) ? 'address' : 'port');

function refuseDanger(host: string, { allowRemote, tls }: ApiOptions): void {
  if (!allowRemote)
    throw new ApiStartError(
      'POLICY',
      `listening on ${host} would open the yard to the network; listen on 127.0.0.1, or allow remote callers`,
    );
  if (!tls && !allowRemote.unencrypted)
    throw new ApiStartError(
      'POLICY',
      `listening on ${host} without TLS would send keys and tokens over the network for all to read; give it a certificate`,
    );
}
