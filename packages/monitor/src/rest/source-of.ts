/** Which repository of a host an address means. A token goes to its own host, so that of any other is none. */
import type { Source } from '../statuses/host.ts';

const NAME = /^[A-Za-z0-9._-]{1,100}$/;

/** @param apiUrl as https://api.github.com, https://api.acme.ghe.com, https://git.example/api/v3 or https://gitea.example/sub/api/v1 */
export function sourceOf(repository: string, apiUrl: string): Source | undefined {
  const api = new URL(apiUrl);
  const host = api.pathname === '/' ? api.host.replace(/^api\./, '') : api.host;
  const folder = api.pathname.replace(/(?:\/api\/v\d+)?\/*$/, '');
  const place = placeOf(repository);
  if (place?.host !== host) return undefined;
  const path = place.path.startsWith(`${folder}/`)
    ? place.path.slice(folder.length + 1)
    : place.path.replace(/^\//, '');
  const [owner = '', repo = '', ...more] = path.replace(/(?:\.git)?\/*$/, '').split('/');
  const isGood = more.length === 0 && [owner, repo].every((it) => NAME.test(it) && !/^\.+$/.test(it));
  return isGood ? { owner, repo } : undefined;
}

/** Of ssh the port is that of another program. */
function placeOf(repository: string): { host: string; path: string } | undefined {
  const [, name, short] = /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)([^:]+)$/.exec(repository) ?? [];
  if (name && short) return { host: name.toLowerCase(), path: `/${short.replace(/^\/+/, '')}` };
  if (!URL.canParse(repository)) return undefined;
  const { protocol, host, hostname, pathname } = new URL(repository);
  if (protocol === 'ssh:') return { host: hostname, path: pathname };
  return /^https?:$/.test(protocol) ? { host, path: pathname } : undefined;
}
