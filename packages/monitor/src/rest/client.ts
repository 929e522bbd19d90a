/**
 * A client of a host's REST API that waits when it is told to, asks again only where asking twice does no harm, and asks for
 * nothing that is as it was. The library is loaded with the first client.
 */
import type { Octokit } from '@octokit/rest';
import { failureFrom } from './failures.ts';

export type Client = Pick<Octokit, 'request' | 'paginate'>;

/** An answer under its address, with what the host called that version of it. */
export type KnownAnswers = Map<string, { readonly etag: string; readonly response: unknown }>;

export interface ClientOptions {
  readonly apiUrl: string;
  readonly token: string;
  /** How long it waits at most when the host says to wait. Default 120. */
  readonly patienceSeconds?: number;
  /** How long a second is that the host asks to wait for, and that lies between two writes. Default 1000. */
  readonly secondMs?: number;
  readonly known?: KnownAnswers;
  readonly fetch?: typeof fetch;
}

const MOST_RETRIES = 2;

export async function openClient(options: ClientOptions): Promise<Client> {
  const { apiUrl, token, patienceSeconds = 120, secondMs = 1_000, known = new Map() } = options;
  const [{ Octokit: Plain }, { throttling }, { retry }] = await Promise.all([
    import('@octokit/rest'),
    import('@octokit/plugin-throttling'),
    import('@octokit/plugin-retry'),
  ]);
  const mayWait = (seconds: number, _: unknown, __: unknown, tries: number): boolean =>
    tries < MOST_RETRIES && seconds <= patienceSeconds;
  const client = new (Plain.plugin(throttling, retry))({
    baseUrl: apiUrl.replace(/\/+$/, ''),
    auth: token,
    userAgent: 'gityard-monitor',
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    request: { fetch: options.fetch ?? fetch },
    throttle: {
      // Its pace of a write a second cannot be set, only left out.
      enabled: secondMs > 0,
      retryAfterBaseValue: secondMs,
      onRateLimit: mayWait,
      onSecondaryRateLimit: mayWait,
    },
    retry: { retries: MOST_RETRIES, retryAfterBaseValue: secondMs },
  });
  remember(client, known);
  tellPlainly(client);
  return client;
}

/** Hosts count no answer that says "as before". */
function remember(client: Octokit, known: KnownAnswers): void {
  client.hook.wrap('request', async (request, options) => {
    if (options.method !== 'GET') return request(options);
    const address = client.request.endpoint.parse(options).url;
    const before = known.get(address);
    if (before) options.headers['if-none-match'] = before.etag;
    try {
      const response = await request(options);
      const { etag } = response.headers;
      if (etag !== undefined) known.set(address, { etag, response });
      return response;
    } catch (error) {
      if (!before || (error as { status?: number }).status !== 304) throw error;
      // Those asked for last stand at the end.
      known.delete(address);
      known.set(address, before);
      return before.response as never;
    }
  });
}

function tellPlainly(client: Octokit): void {
  client.hook.wrap('request', async (request, options) => {
    // A write whose answer was lost may have been done: the next run sees it, a second try would do it again.
    if (options.method !== 'GET') options.request = { ...options.request, retries: 0 };
    try {
      return await request(options);
    } catch (error) {
      throw failureFrom(error, { method: options.method, url: client.request.endpoint.parse(options).url });
    }
  });
}

const nothing = (): void => undefined;
