/** Starts the API and ends it: which address it may take, and that nobody is left hanging when it closes. */
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ApiStartError } from './api-start-error.ts';
import { createApp } from './create-app.ts';
import { Followers } from './followers.ts';
import { isLoopback } from './guard.ts';
import type { Api, ApiOptions } from './options.ts';
import { Sessions } from './sessions.ts';
import { trackRequests } from './under-way.ts';

const MAX_FOLLOWERS = 200;
/** How long requests under way may take to finish once the server closes. */
const GRACE_MS = 5_000;

export async function startApi(options: ApiOptions): Promise<Api> {
  const { host = '127.0.0.1', port = 0, maxFollowers = MAX_FOLLOWERS } = options;
  if (!isLoopback(host) && !options.allowRemote) throw notFromOutside(host);

  const closing = new AbortController();
  const followers = new Followers(maxFollowers);
  const app = await createApp({ options, followers, sessions: new Sessions(options.key), closing: closing.signal });
  await listen(app, { host, port });
  const underWay = trackRequests(app.server);
  return {
    url: urlOf(app.server.address() as AddressInfo),
    get followers() {
      return followers.size;
    },
    close: async () => {
      closing.abort();
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
      `cannot listen on ${where.host}:${where.port} (${reasonOf(error)}); choose another port`,
      {
        cause: error,
      },
    );
  }
}

/** A wildcard address is where one listens, not where one calls. */
function urlOf({ address, family, port }: AddressInfo): string {
  const reachable = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
  return `http://${family === 'IPv6' ? `[${reachable}]` : reachable}:${port}`;
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'EADDRINUSE' ? 'something else listens there' : (code ?? String(error));
}

const notFromOutside = (host: string): ApiStartError =>
  new ApiStartError(
    'POLICY',
    `listening on ${host} would open the yard to the network; listen on 127.0.0.1, or allow remote callers`,
  );
