/** What an HTTP answer means for Git: its body, or the error that says what to do. Knows no sockets. */
import { StoreError } from '../errors.ts';
import { PROXY_LOGIN_HINT } from './access/tunnel.ts';
import { Unannounced } from './channel.ts';
import type { HttpReply } from './http-request.ts';

export interface Expectation {
  readonly name: string;
  readonly expected: string;
  /** The request would change something, so an answer that says nothing about it leaves that open. */
  readonly changes: boolean;
}

export function checkReply(reply: HttpReply, { name, expected, changes }: Expectation): Uint8Array {
  const { status, headers, body } = reply;
  if (status === 200 && (headers['content-type'] ?? '').startsWith(expected)) return body;

  const limited = isThrottled(reply);
  const retryAfterMs = limited ? (retryAfter(headers) ?? UNTOLD_MS) : undefined;
  // A gateway's 5xx, or a page that a portal calls a success, may stand before a server that did its work.
  const mayHaveLanded = changes && (status >= 500 || (status >= 200 && status < 300));
  const [code, what, hint] = meaning(reply, { name, limited });
  const Sort = changes && mayWantAnnouncement(status) ? Unannounced : StoreError;
  throw new Sort(code, `${name}: ${what}`, { hint, mayHaveLanded, retryAfterMs });
}

/** A refusal of the request as such: not of its sender, its size, its number or its place. */
function mayWantAnnouncement(status: number): boolean {
  return status >= 400 && status < 500 && ![401, 403, 404, 407, 408, 413, 429].includes(status);
}

type Meaning = readonly ['DENIED' | 'REMOTE_INVALID' | 'RATE_LIMITED' | 'REMOTE_UNREACHABLE', string, string];

function meaning({ status, headers }: HttpReply, { name, limited }: { name: string; limited: boolean }): Meaning {
  if (limited) {
    return ['RATE_LIMITED', `too many requests (HTTP ${status})`, 'wait, or lower push.perMinute in yard.json'];
  }
  if (status === 401) return ['DENIED', 'it wants a valid login', LOGIN_HINT];
  if (status === 407) return ['DENIED', 'the proxy before it wants a login', PROXY_LOGIN_HINT];
  if (status === 403) return ['DENIED', 'access is denied', 'check what the token or user may do here'];
  if (status === 404) return ['REMOTE_INVALID', 'not found or no access', 'check the address and the credentials'];
  if (status >= 300 && status < 400)
    return ['REMOTE_INVALID', `it has moved to ${place(headers.location, name)}`, 'use the new address'];
  if (status >= 500) return ['REMOTE_UNREACHABLE', `the server failed (HTTP ${status})`, 'try again later'];
  if (status === 200) {
    const portal = 'check the address; a portal, proxy or login page may stand before the repository';
    return ['REMOTE_INVALID', 'it answered with something that is not Git', portal];
  }
  return ['REMOTE_INVALID', `it refused the request (HTTP ${status})`, 'check the address'];
}

const LOGIN_HINT = 'give a valid token (GITYARD_TOKEN), or keep a login in a credential helper of Git or in ~/.netrc';

/** Without what may hold a secret: a login page gets its state in the query. */
function place(location: string | undefined, name: string): string {
  const url = location && URL.canParse(location, name) ? new URL(location, name) : undefined;
  // Of the repository: what follows is Git's own way of asking.
  const path = url?.pathname.replace(/\/(?:info\/refs|git-(?:upload|receive)-pack)$/, '');
  return url ? `${url.origin}${path}` : 'an unknown place';
}

/** What to wait where the host does not say: as long as GitHub asks for in its documentation. */
const UNTOLD_MS = 60_000;
const THROTTLED = /rate limit|too many requests|abuse detection|throttl/i;
const LONGEST_TEXT_BYTES = 4_096;

/** Some hosts say "forbidden" and mean "not so fast": by a header, or in the words of the page alone. */
function isThrottled({ status, headers, body }: HttpReply): boolean {
  if (status === 429) return true;
  if (status !== 403 && status !== 503) return false;
  if (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0') return true;
  return status === 403 && THROTTLED.test(Buffer.from(body.subarray(0, LONGEST_TEXT_BYTES)).toString());
}

function retryAfter(headers: HttpReply['headers']): number | undefined {
  const value = headers['retry-after'];
  const untilSeconds = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  const seconds = value === undefined ? untilSeconds - Date.now() / 1000 : secondsOf(value);
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : undefined;
}

const secondsOf = (value: string): number =>
  /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
