/**
 * Decides from its headers alone whether a request may come in. A page of a stranger, opened on this machine, can
 * reach every port of it: by a name that it lets point here (DNS rebinding), by a form that posts across origins, or by
 * images and streams that it cannot read and that cost us all the same. The first is told by the Host header, the second
 * by Origin, the third by what browsers say of where a request comes from. Programs such as git say none of it and pass.
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Problem } from './problem.ts';

export interface Guarding {
  readonly allowRemote?: { readonly hosts: readonly string[] };
}

export function refusal(request: IncomingMessage, { allowRemote }: Guarding): Problem | undefined {
  if (request.headers.host === undefined) return NO_HOST;
  const host = hostOf(request);
  if (!host) return denied('the request names no host that can be read; call this server by its address');
  if (!isLoopback(host.name) && !isAllowedRemote(host.name, allowRemote?.hosts)) {
    const flag = `--allow-host ${host.name}`;
    return denied(
      `this server does not answer to the name ${host.name}; call it by 127.0.0.1, or start it with ${flag}`,
    );
  }
  if (!allowRemote && isPassedOn(request.headers))
    return denied(
      'a proxy passed this request on, and this server is for its own machine; --allow-host <name> is for others',
    );
  const { origin } = request.headers;
  if ((origin !== undefined && !isSameOrigin(origin, host.authority)) || isOfAnotherSite(request.headers)) {
    return denied('the request comes from the page of another site; open the dashboard that this server serves');
  }
  return undefined;
}

/** By its headers, straight from a program of this machine: no proxy passed it on, and no page of another site sent it. */
export const isFromHere = (request: IncomingMessage): boolean => refusal(request, {}) === undefined;

export function isLoopback(name: string): boolean {
  const bare = unbracketed(name);
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

/** An IP address cannot be rebound: a browser sends the name that it was given. */
function isAllowedRemote(name: string, hosts: readonly string[] | undefined): boolean {
  if (!hosts) return false;
  return isIP(unbracketed(name)) !== 0 || hosts.some((allowed) => allowed.toLowerCase() === name);
}

function isSameOrigin(origin: string, authority: string): boolean {
  // A TLS proxy before us makes the origin https, so the scheme is not compared.
  return URL.canParse(origin) && /^https?:$/.test(new URL(origin).protocol) && new URL(origin).host === authority;
}

/** A link that a person follows here is welcome, wherever it stands. */
function isOfAnotherSite(headers: IncomingHttpHeaders): boolean {
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = headers;
  const isFollowed = mode === 'navigate' && destination === 'document';
  return (site === 'cross-site' || site === 'same-site') && !isFollowed;
}

/** From another machine, most likely, though it arrives from this one. */
const isPassedOn = (headers: IncomingHttpHeaders): boolean =>
  ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'].some((it) => headers[it] !== undefined);

/** Of a request that names two hosts, or another one in its address, a proxy before us may have read the other. */
function hostOf({ url, headersDistinct }: IncomingMessage): { name: string; authority: string } | undefined {
  const [header, ...others] = headersDistinct.host ?? [];
  if (others.length > 0 || !url?.startsWith('/')) return undefined;
  if (!header || /[/@\\?#\s]/.test(header) || !URL.canParse(`http://${header}`)) return undefined;
  const { hostname, host } = new URL(`http://${header}`);
  return { name: hostname, authority: host };
}

const unbracketed = (name: string): string => name.replace(/^\[(.*)\]$/, '$1');
/** So HTTP has it (RFC 9112, 3.2), and who sends none is a program, not the page of a stranger. */
const NO_HOST: Problem = { status: 400, code: 'USAGE', detail: 'the request has no Host header' };
const denied = (detail: string): Problem => ({ status: 403, code: 'DENIED', detail });
