/** The daemon that serves this page, followed over server-sent events. What it is asked besides costs nothing. */
import { followYard } from '@gityard/api/client';
import type { Receipt } from '../protocol.ts';
import { modelIn } from './model-in.ts';
import { type CommitEntry, type Place, type Source, SourceFailure, type TreeEntry } from './source.ts';

export function apiSource(page: string, commands: 'direct' | 'no' = 'no'): Source {
  const at = (path: string, query: Record<string, string | number | undefined> = {}): URL => {
    const url = new URL(`api/v1/${path}`, page);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, `${value}`);
    return url;
  };
  return {
    kind: 'api',
    address: new URL(page).origin,
    isLocal: true,
    commands: () => commands,
    look: async (tag, signal) => {
      const headers: Record<string, string> = tag === null ? {} : { 'if-none-match': tag };
      const response = await ask(at('snapshot'), { headers, signal, cache: 'no-store' });
      if (response.status === 304) return { kind: 'same', budget: null };
      return {
        kind: 'snapshot',
        model: modelIn(await textOf(response)),
        tag: response.headers.get('etag'),
        budget: null,
      };
    },
    follow: (listener) =>
      followYard({
        url: page,
        onSnapshot: (model) => listener({ kind: 'snapshot', model }),
        onConnection: ({ state, reason, skewMs }) => listener({ kind: 'connection', state, reason, skewMs }),
      }),
    file: async (place, path, signal) => {
      const response = await ask(at(`files/${placeWord(place)}/${path.split('/').map(encodeURIComponent).join('/')}`), {
        signal,
      });
      if (response.status === 404) return undefined;
      const oid = response.headers.get('etag')?.replaceAll('"', '') ?? '';
      return { bytes: await bytesOf(response), oid };
    },
    blob: async (oid, signal) => bytesOf(await ask(at(`blobs/${oid}`), { signal })),
    tree: async (place, folder, signal) => {
      const response = await ask(at(`trees/${placeWord(place)}`, { folder }), { signal });
      return (await jsonOf<{ entries: TreeEntry[] }>(response)).entries;
    },
    commits: async (from, { count, path, until }, signal) => {
      const response = await ask(at(`commits/${placeWord(from)}`, { count, path, until }), { signal });
      return (await jsonOf<{ commits: CommitEntry[] }>(response)).commits;
    },
    send: async (wish, signal) => {
      const headers = {
        'content-type': 'application/json',
        // One that no form of another site can send.
        'x-gityard-page': '1',
        'idempotency-key': crypto.getRandomValues(new Uint32Array(4)).join('-'),
      };
      const sent = () => ask(at('commands'), { method: 'POST', headers, body: JSON.stringify(wish), signal });
      // Under the same key it is done once, although the first answer was lost.
      const response = await sent().catch(() => sent());
      return await jsonOf<Receipt>(response);
    },
    linkFor: () => null,
    linkTo: () => null,
    useToken: () => undefined,
  };
}

const placeWord = (place: Place): string => ('ref' in place ? place.ref : place.commit);

async function ask(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch {
    throw new SourceFailure({ kind: 'offline', reason: 'the server cannot be reached' });
  }
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  await checked(response);
  return new Uint8Array(await response.arrayBuffer());
}
async function textOf(response: Response): Promise<string> {
  await checked(response);
  return await response.text();
}
async function jsonOf<T>(response: Response): Promise<T> {
  return JSON.parse(await textOf(response)) as T;
}

async function checked(response: Response): Promise<void> {
  if (response.ok) return;
  const problem = (await response.json().catch(() => ({}))) as { detail?: unknown };
  const reason = typeof problem.detail === 'string' ? problem.detail : `the server answered ${response.status}`;
  if (response.status === 404) throw new SourceFailure({ kind: 'not-found', reason });
  if (response.status === 401 || response.status === 403) throw new SourceFailure({ kind: 'denied', reason });
  throw new SourceFailure({ kind: 'unavailable', reason });
}
