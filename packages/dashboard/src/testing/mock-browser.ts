/**
 * `fetch` as a browser does it towards a host of another origin, without any network: its cache with max-age and
 * `no-cache`, the preflights that headers of one's own cost, and only those answer headers that the host lets out.
 */
import type { Host, HostAnswer } from './mock-host.ts';

const SIMPLE = new Set(['accept', 'accept-language', 'content-language']);
const ALWAYS_SEEN = ['cache-control', 'content-language', 'content-length', 'content-type', 'expires', 'last-modified'];

export interface MockBrowser {
  readonly fetch: (url: string | URL, init?: RequestInit) => Promise<Response>;
  /** What left the browser, preflights included. */
  readonly sent: { readonly method: string; readonly url: string }[];
}

interface Kept {
  readonly answer: HostAnswer;
  readonly at: number;
}

export function browserOf(
  host: { answer: Host; now: () => number },
  { ip = '192.0.2.1' }: { ip?: string } = {},
): MockBrowser {
  const cache = new Map<string, Kept>();
  const allowedUntil = new Map<string, number>();
  const sent: { method: string; url: string }[] = [];

  const send = (method: string, url: URL, headers: Headers, body = ''): Promise<HostAnswer> => {
    sent.push({ method, url: url.href });
    return host.answer({ method, url, headers, body, ip });
  };

  async function preflight(method: string, url: URL, headers: Headers): Promise<void> {
    const own = [...headers.keys()].filter((name) => !SIMPLE.has(name));
    if (own.length === 0 && (method === 'GET' || method === 'HEAD' || method === 'POST')) return;
    const key = `${method} ${url.href} ${own}`;
    if ((allowedUntil.get(key) ?? 0) > host.now()) return;
    const { headers: said } = await send('OPTIONS', url, new Headers({ 'access-control-request-method': method }));
    const allowed = (said['access-control-allow-headers'] ?? '').toLowerCase().split(/, ?/);
    const methods = (said['access-control-allow-methods'] ?? '').split(/, ?/);
    if (!methods.includes(method) || own.some((name) => !allowed.includes(name)))
      throw new TypeError('Failed to fetch');
    allowedUntil.set(key, host.now() + Number(said['access-control-max-age'] ?? 5) * 1000);
  }

  async function answered(url: URL, init: RequestInit): Promise<HostAnswer> {
    const { method = 'GET' } = init;
    const headers = new Headers(init.headers);
    await preflight(method, url, headers);
    // A conditional header of one's own turns the cache off, as no-store does.
    const mode = headers.has('if-none-match') ? 'no-store' : (init.cache ?? 'default');
    if (method !== 'GET' || mode === 'no-store') return send(method, url, headers, init.body?.toString());
    const key = `${url.href} ${headers.get('accept')} ${headers.get('authorization')}`;
    const kept = cache.get(key);
    if (kept && mode === 'default' && host.now() - kept.at < maxAgeMs(kept.answer)) return kept.answer;
    if (kept?.answer.headers.etag) headers.set('if-none-match', kept.answer.headers.etag);
    const answer = await send(method, url, headers);
    const fresh =
      answer.status === 304 && kept
        ? { ...kept.answer, headers: { ...kept.answer.headers, ...answer.headers } }
        : answer;
    if (fresh.status === 200) cache.set(key, { answer: fresh, at: host.now() });
    return fresh;
  }

  return {
    sent,
    fetch: async (url, init = {}) => {
      init.signal?.throwIfAborted();
      const { status, headers, body } = await answered(new URL(url), init);
      if (!headers['access-control-allow-origin']) throw new TypeError('Failed to fetch');
      const exposed = (headers['access-control-expose-headers'] ?? '').toLowerCase().split(/, ?/);
      const seen = Object.entries(headers).filter(([name]) => exposed.includes(name) || ALWAYS_SEEN.includes(name));
      const isEmpty = status === 204 || status === 304;
      return new Response(isEmpty ? null : (body as BodyInit), { status, headers: seen });
    },
  };
}

const maxAgeMs = ({ headers }: HostAnswer): number =>
  1000 * Number(/max-age=(\d+)/.exec(headers['cache-control'] ?? '')?.[1] ?? 0);
