/**
 * Decides whether a request was really meant for this machine's own server. The socket listens on loopback, but
 * a browser on the same machine can be talked into calling it: by a DNS name that suddenly points at 127.0.0.1
 * (the Host header then shows the foreign name) or by a page of another site (the Origin header shows it).
 */
import type { IncomingHttpHeaders } from 'node:http';

/** Takes a bare host as in `listen`, not one with a port. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

export function isLocalCaller(headers: IncomingHttpHeaders): boolean {
  if (!isLoopback(hostOf(`http://${headers.host ?? ''}`))) return false;

  return headers.origin === undefined || isLoopback(hostOf(headers.origin));
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : '';
}
