/** Which proxy stands before a server, by the variables that all programs go by, and by Git's own setting. Opens nothing. */
import { StoreError } from '../../errors.ts';

export interface HttpProxy {
  /** Without credentials. */
  readonly url: URL;
  readonly authorization?: string;
}

export interface ProxySettings {
  readonly env: NodeJS.ProcessEnv;
  /** Git's `http.proxy`: wins over the variables, and may say that there is none. */
  readonly setting?: string | undefined;
}

export function proxyFor(target: URL, { env, setting }: ProxySettings): HttpProxy | undefined {
  const variable = (name: string) => env[name.toLowerCase()] || env[name];
  const scheme = target.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const address = setting ?? variable(scheme) ?? variable('ALL_PROXY');
  if (!address || isLoopback(target) || isExcepted(target, variable('NO_PROXY') ?? '')) return undefined;
  return readProxy(address);
}

/** What runs on this very machine is never meant, whatever NO_PROXY forgot: a yard of `gityard up` is one. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/i.test(hostname);
}

function readProxy(address: string): HttpProxy {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    const what = url ? `a proxy of the kind ${url.protocol}// is not supported` : 'the address of the proxy is no URL';
    throw new StoreError('REMOTE_INVALID', what, { hint: 'use an http:// proxy, or name the host in NO_PROXY' });
  }
  const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  Object.assign(url, { username: '', password: '' });
  if (login === ':') return { url };
  return { url, authorization: `Basic ${Buffer.from(login).toString('base64')}` };
}

/** `*`, a host, or the end of one; each with a port where that counts. */
function isExcepted({ hostname, port, protocol }: URL, exceptions: string): boolean {
  const number = port || (protocol === 'https:' ? '443' : '80');
  const host = hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return exceptions
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((it) => it !== '')
    .some((it) => {
      const [, name = '', itsPort] = /^\[?\*?\.?(.*?)\]?(?::(\d+))?$/.exec(it) ?? [];
      // A bare IPv6 address has colons of its own.
      if (it === '*' || it === host) return true;
      return (itsPort === undefined || itsPort === number) && (host === name || host.endsWith(`.${name}`));
    });
}
