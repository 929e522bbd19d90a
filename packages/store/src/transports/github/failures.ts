/**
 * What it means when GitHub's API says no: a status and headers on one door, a list of errors in a "200 OK" on the
 * other. Knows no requests; what merely means "somebody was faster" is told apart by who pushed.
 */
import { StoreError } from '../../errors.ts';
import type { HttpReply } from '../http-request.ts';

export interface GraphqlError {
  readonly type: string;
  readonly message: string;
}

export interface Failing {
  readonly name: string;
  /** The calendar of the host, by which it says when to come back. */
  readonly nowMs: number;
  readonly changes: boolean;
}

/** What the host asks of those who got no number from it: a minute at least. */
const PATIENCE_MS = 60_000;

export function statusFailure(reply: HttpReply, { name, nowMs, changes }: Failing): StoreError {
  const { status } = reply;
  const message = messageIn(reply.body);
  if (isLimited(reply, message)) return limited(name, { why: message, retryAfterMs: pauseAskedFor(reply, nowMs) });

  // A gateway's 5xx, or a page that a portal calls a success, may stand before a host that did its work.
  const mayHaveLanded = changes && (status >= 500 || (status >= 200 && status < 300));
  const [code, what, hint] = meaningOf(status);
  return new StoreError(code, `${name}: ${what}${message && ` ("${message}")`}`, { hint, mayHaveLanded });
}

export function graphqlFailure([first]: readonly GraphqlError[], reply: HttpReply, failing: Failing): StoreError {
  const { name, nowMs, changes } = failing;
  const { type = '', message = 'no reason given' } = first ?? {};
  if (/^RATE_LIMIT/.test(type)) return limited(name, { why: message, retryAfterMs: pauseAskedFor(reply, nowMs) });
  if (type === 'NOT_FOUND') return new StoreError('REMOTE_INVALID', `${name}: ${message}`, { hint: HINT_ADDRESS });
  if (/FORBIDDEN|SCOPES/.test(type)) return new StoreError('DENIED', `${name}: ${message}`, { hint: HINT_RIGHTS });
  // Without a sort it is the host's own trouble, for example a query that took too long for it.
  const hint = 'try again later';
  return new StoreError('REMOTE_UNREACHABLE', `${name}: the server failed (${message})`, {
    hint,
    mayHaveLanded: changes,
  });
}

export function noJson(name: string, changes: boolean): StoreError {
  return new StoreError('REMOTE_INVALID', `${name}: it answered with something that is not GitHub’s API`, {
    hint: 'check the address; a portal, proxy or login page may stand before the host',
    mayHaveLanded: changes,
  });
}

export function emptyRepository(name: string): StoreError {
  return new StoreError('REMOTE_INVALID', `${name} is empty, and the API makes no first commit`, {
    hint: 'add a README there with the browser, or push any branch, then try again',
  });
}

const HINT_ADDRESS = 'check owner and repository, and that the token may see them';
const HINT_RIGHTS = 'give a token that may read and write the contents of this repository';

type Meaning = readonly ['DENIED' | 'REMOTE_INVALID' | 'REMOTE_UNREACHABLE', string, string];

function meaningOf(status: number): Meaning {
  if (status === 401) return ['DENIED', 'the token is not accepted', 'give a token that is valid'];
  if (status === 403) return ['DENIED', 'access is denied', HINT_RIGHTS];
  if (status === 404) return ['REMOTE_INVALID', 'not found or no access', HINT_ADDRESS];
  if (status >= 500) return ['REMOTE_UNREACHABLE', `the server failed (HTTP ${status})`, 'try again later'];
  if (status >= 300 && status < 400) return ['REMOTE_INVALID', 'the repository has moved', 'use its new address'];
  return ['REMOTE_INVALID', `it refused the request (HTTP ${status})`, 'check the address and what the token may do'];
}

/** The limit that is told of in advance, and the secondary one, which nobody can count. */
function isLimited({ status, headers }: HttpReply, message: string): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return 'retry-after' in headers || headers['x-ratelimit-remaining'] === '0' || /rate limit|abuse/i.test(message);
}

function pauseAskedFor({ headers }: HttpReply, nowMs: number): number {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const resetsAtMs = Number(headers['x-ratelimit-reset'] ?? Number.NaN) * 1000;
  const isOver = headers['x-ratelimit-remaining'] === '0';
  return isOver && Number.isFinite(resetsAtMs) ? Math.max(0, resetsAtMs - nowMs) : PATIENCE_MS;
}

function limited(name: string, { why, retryAfterMs }: { why: string; retryAfterMs: number }): StoreError {
  return new StoreError('RATE_LIMITED', `${name}: too many requests${why && ` ("${why}")`}`, {
    hint: 'wait, or lower push.perMinute in yard.json; agents that share a token share its limit',
    retryAfterMs,
  });
}

/** What the host says about its "no"; empty where it says nothing. */
export function messageIn(body: Uint8Array): string {
  try {
    const { message } = JSON.parse(Buffer.from(body).toString()) as { message?: unknown };
    return typeof message === 'string' ? message.slice(0, 300) : '';
  } catch {
    // A page for people instead of JSON: the status has to tell.
    return '';
  }
}
