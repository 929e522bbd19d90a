/**
 * The ways in which a remote can misbehave, each a few lines, and which of them a request meets. Every mode is
 * something that a real host, proxy or network has done to somebody's push. What opens sockets is fault-proxy.ts.
 */
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

export type FaultName =
  | 'ok'
  | '401'
  | '403'
  | '404'
  | '429'
  | '500'
  | '503'
  | 'slow'
  | 'hang'
  | 'html'
  | 'redirect'
  | 'lose-reply'
  | 'cut-reply'
  | 'reset';

export type FaultMode = Exclude<FaultName, 'slow'> | { readonly name: 'slow'; readonly delayMs: number };

/** Everything works, but only after a while. */
export function slow(delayMs: number): FaultMode {
  return { name: 'slow', delayMs };
}

export function nameOf(mode: FaultMode): FaultName {
  return typeof mode === 'string' ? mode : mode.name;
}

export interface TargetReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

interface Victim {
  readonly response: ServerResponse;
  /** Sends the request on, whole; what it asks for has happened when this resolves. */
  readonly forward: () => Promise<TargetReply>;
  /** The same request at the target, as a redirect would name it. */
  readonly elsewhere: string;
  readonly retryAfterSeconds: number;
}

const PAGE = '<!doctype html><html><title>Sign in to the network</title><body>Please sign in.</body></html>';

export async function meet(mode: FaultMode, victim: Victim): Promise<void> {
  if (typeof mode === 'object') {
    await delay(mode.delayMs);
    return pass(victim);
  }
  return BEHAVIOURS[mode](victim);
}

const BEHAVIOURS: Record<Exclude<FaultName, 'slow'>, (victim: Victim) => Promise<void> | void> = {
  ok: pass,
  '401': ({ response }) => deny(response, 401, { 'WWW-Authenticate': 'Basic realm="a yard"' }),
  '403': ({ response }) => deny(response, 403),
  '404': ({ response }) => deny(response, 404),
  '429': ({ response, retryAfterSeconds }) => deny(response, 429, { 'Retry-After': `${retryAfterSeconds}` }),
  '500': ({ response }) => deny(response, 500),
  '503': ({ response }) => deny(response, 503),
  // A portal of a hotel or a company answers everything with its own page, and calls that a success.
  html: ({ response }) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE),
  redirect: ({ response, elsewhere }) => void response.writeHead(307, { Location: elsewhere }).end(),
  hang: () => undefined,
  reset: ({ response }) => void response.destroy(),
  'lose-reply': async ({ response, forward }) => {
    await forward();
    response.destroy();
  },
  'cut-reply': async ({ response, forward }) => {
    const reply = await forward();
    begin(response, reply);
    response.write(reply.body.subarray(0, reply.body.length >> 1), () => response.destroy());
  },
};

async function pass({ response, forward }: Victim): Promise<void> {
  const reply = await forward();
  begin(response, reply);
  response.end(reply.body);
}

/** With the full length announced, so that a reply that is cut can be seen to be cut. */
function begin(response: ServerResponse, { status, headers, body }: TargetReply): void {
  response.writeHead(status, { ...headers, 'content-length': body.length });
}

function deny(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'text/plain', ...headers }).end(`the proxy says ${status}\n`);
}
