/** The page's own policy (CSP), so that it may connect to its yard and to nothing else. */
import assert from 'node:assert';

const CONNECT = /(http-equiv="Content-Security-Policy"[^>]*?\bconnect-src\s)[^;"]*/;

/** The same page, allowed to connect to its own origin and to these (each like `https://host:port`). */
export function withConnectHosts(html: string, hosts: readonly string[]): string {
  assert(CONNECT.test(html), 'the page says in a policy where it connects to');
  for (const host of hosts) assert(new URL(host).origin === host, `${host} is an origin and nothing more`);
  return html.replace(CONNECT, (_, before: string) => `${before}${["'self'", ...hosts].join(' ')}`);
}
