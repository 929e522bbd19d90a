/**
 * Git's smart protocol over HTTP: one kept-alive connection pool, own time limits, no redirects. Tells apart what was
 * never sent from what was sent without an answer. The credentials never leave this file but in their header.
 */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

import type { Channel, Question, Service } from './channel.ts';
import { checkReply } from './http-reply.ts';
import { type Limits, send } from './http-request.ts';
import { RemoteClock } from './remote-clock.ts';

export interface HttpOptions {
  /** A token of the host; sent as the password of Basic authorization, which all Git hosts take. */
  readonly token?: string | undefined;
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
  const { token, connectMs = 10_000, idleMs = 30_000, totalMs = 120_000 } = options;
  const { url, authorization } = withoutCredentials(address, token);
  const agent = new (url.protocol === 'https:' ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: 4 });
  const limits: Limits = { connectMs, idleMs, totalMs };
  const clock = new RemoteClock(options.wallMs);
  const name = url.href;
  const common = { ...(authorization && { Authorization: authorization }), ...HEADERS };

  async function advertise(service: Service, signal?: AbortSignal): Promise<Uint8Array> {
    const target = `${name}/info/refs?service=${service}`;
    const reply = await send({ target, method: 'GET', headers: common, agent, limits, signal, changes: false });
    return checkReply(reply, { name, expected: `application/x-${service}-advertisement`, changes: false });
  }

  async function request({ service, body, signal }: Question): Promise<Uint8Array> {
    const changes = service === 'git-receive-pack';
    const headers = {
      ...common,
      'Content-Type': `application/x-${service}-request`,
      'Content-Length': `${body.length}`,
    };
    const answered = clock.ask();
    const reply = await send({
      target: `${name}/${service}`,
      method: 'POST',
      headers,
      body,
      agent,
      limits,
      signal,
      changes,
    });
    answered(reply.headers.date);
    return checkReply(reply, { name, expected: `application/x-${service}-result`, changes });
  }

  return { name, clock, advertise, request, close: async () => agent.destroy() };
}

// Some hosts answer with Git's protocol only to programs whose name begins like this.
const HEADERS = { 'User-Agent': 'git/gityard', 'Git-Protocol': 'version=2', Accept: '*/*' };

function withoutCredentials(address: string, token: string | undefined): { url: URL; authorization?: string } {
  const url = new URL(address);
  const user = decodeURIComponent(url.username);
  const password = token ?? decodeURIComponent(url.password);
  Object.assign(url, { username: '', password: '', search: '', hash: '', pathname: url.pathname.replace(/\/+$/, '') });
  if (!user && !password) return { url };
  return { url, authorization: `Basic ${Buffer.from(`${user || 'x-access-token'}:${password}`).toString('base64')}` };
}
