/**
 * Git's smart protocol over HTTP: one kept-alive connection pool, own time limits, no redirects. Tells apart what was
 * never sent from what was sent without an answer. Credentials never leave their header.
 */
import { Credentials } from './access/credentials.ts';
import { findRoute, type Route } from './access/route.ts';
import type { Channel, Question, Service } from './channel.ts';
import { checkReply } from './http-reply.ts';
import { type HttpQuestion, type HttpReply, type Limits, send } from './http-request.ts';
import { RemoteClock } from './remote-clock.ts';

export interface HttpOptions {
  /** A token of the host; sent as the password of Basic authorization, which all Git hosts take. */
  readonly token?: string | undefined;
  /** Where proxies, authorities and logins are looked for; those of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** For a connection to be made. */
  readonly connectMs?: number;
  /** Without a byte in either direction. */
  readonly idleMs?: number;
  /** For a whole request. */
  readonly totalMs?: number;
  /** Our calendar, which the remote's is compared with. */
  readonly wallMs?: (() => number) | undefined;
}

export function httpChannel(address: string, options: HttpOptions = {}): Channel {
  const { token, env = process.env, connectMs = 10_000, idleMs = 30_000, totalMs = 120_000 } = options;
  const url = withoutCredentials(address);
  const credentials = new Credentials(new URL(address), url, { token, env });
  const limits: Limits = { connectMs, idleMs, totalMs };
  const clock = new RemoteClock(options.wallMs);
  const name = url.href;
  let route: Promise<Route> | undefined;

  async function ask(question: Asked): Promise<HttpReply> {
    route ??= findRoute(url, { env, connectMs });
    const way = await route;
    for (let tries = 1; ; tries += 1) {
      const { held } = credentials;
      const headers = { ...HEADERS, ...question.headers, ...(held && { Authorization: held.authorization }) };
      const reply = await send({ ...question, headers, route: way, limits });
      if (reply.status >= 200 && reply.status < 300) await credentials.accepted(held);
      if (reply.status !== 401 || tries > MOST_LOGINS) return reply;
      const renewed = await credentials.renew(held, question.signal);
      question.signal?.throwIfAborted();
      if (!renewed) return reply;
    }
  }

  async function advertise(service: Service, signal?: AbortSignal): Promise<Uint8Array> {
    const target = `${name}/info/refs?service=${service}`;
    const reply = await ask({ target, method: 'GET', headers: {}, signal, changes: false });
    return checkReply(reply, { name, expected: `application/x-${service}-advertisement`, changes: false });
  }

  async function request({ service, body, signal }: Question): Promise<Uint8Array> {
    const changes = service === 'git-receive-pack';
    const headers = { 'Content-Type': `application/x-${service}-request`, 'Content-Length': `${body.length}` };
    const answered = clock.ask();
    const reply = await ask({ target: `${name}/${service}`, method: 'POST', headers, body, signal, changes });
    answered(reply.headers.date);
    return checkReply(reply, { name, expected: `application/x-${service}-result`, changes });
  }

  async function close(): Promise<void> {
    // A route that was not found has nothing to close.
    const way = await route?.catch(() => undefined);
    way?.agent.destroy();
  }

  return { name, clock, advertise, request, close };
}

type Asked = Omit<HttpQuestion, 'route' | 'limits'>;

/** One from netrc, one from a helper, and another from the helper when that one was out of date. */
const MOST_LOGINS = 3;

// Some hosts answer with Git's protocol only to programs whose name begins like this.
const HEADERS = { 'User-Agent': 'git/gityard', 'Git-Protocol': 'version=2', Accept: '*/*' };

function withoutCredentials(address: string): URL {
  const url = new URL(address);
  const pathname = url.pathname.replace(/\/+$/, '');
  return Object.assign(url, { username: '', password: '', search: '', hash: '', pathname });
}
