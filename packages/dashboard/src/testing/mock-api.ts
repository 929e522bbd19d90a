/** The real API of the daemon over a repository, and `fetch` as a page of it has it: on its origin, with its session. */
import { type Api, type RepositoryView, startApi } from '@gityard/api';
import { readModelFrom } from '@gityard/domain';
import type { MockRepository } from './mock-repository.ts';

const BRANCHES: Readonly<Record<string, string>> = { state: 'yard', live: 'yard-live', logs: 'yard-logs' };
const KEY = 'the-key-that-was-printed';
const MODEL = 'shared/health_dashboard.json';

export interface ApiOfRepository {
  readonly close: () => Promise<void>;
  /** What lies beside `page` is the API. */
  fetchAt(page: string): (url: string | URL, init?: RequestInit) => Promise<Response>;
}

export async function startApiOf(repository: MockRepository): Promise<ApiOfRepository> {
  const live = await repository.head('yard-live');
  const oid = live && (await repository.blobAt(live, MODEL));
  const model = readModelFrom(JSON.parse(`${oid && (await repository.blob(oid))}`));
  if (!model.ok) throw new Error(model.reason);
  const source = { current: () => model.value, subscribe: () => () => undefined };
  const desk = { prepare: () => async () => ({ state: 'applied', commit: null }) as const };
  const api = await startApi({ source, pages: '/nowhere', repository: viewOf(repository), desk, key: KEY });
  const cookie = await cookieOf(api);
  return {
    close: () => api.close(),
    fetchAt: (page) => async (url, init) => {
      const headers = { ...(init?.headers as Record<string, string>), cookie, origin: api.url };
      const answer = await fetch(`${url}`.replace(page, `${api.url}/`), { ...init, headers });
      // A new one, which does not tell of the address that it really came from.
      return new Response(answer.status === 304 ? null : await answer.arrayBuffer(), answer);
    },
  };
}

async function cookieOf({ url }: Api): Promise<string> {
  const headers = { 'content-type': 'application/json', 'x-gityard-page': '1', origin: url };
  const answer = await fetch(`${url}/api/v1/session`, { method: 'POST', headers, body: JSON.stringify({ key: KEY }) });
  return answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
}

function viewOf(repository: MockRepository): RepositoryView {
  const commitOf = (place: string) =>
    place in BRANCHES ? repository.head(BRANCHES[place] ?? '') : Promise.resolve(place);
  return {
    blob: (oid) => repository.blob(oid),
    file: async (place, path) => {
      const commit = await commitOf(place);
      const oid = commit && (await repository.blobAt(commit, path));
      return oid ? { oid, bytes: (await repository.blob(oid)) ?? null } : undefined;
    },
    folder: async (place, folder) => {
      const commit = await commitOf(place);
      if (!commit) return undefined;
      const tree = await repository.tree(commit, folder);
      const rows = (tree && (await repository.entries(tree, 'all'))) || [];
      const at = (path: string) => (folder === '' ? path : `${folder}/${path}`);
      const files = rows.filter((it) => it.type === 'blob');
      return { commit, entries: files.map(({ path, oid, sizeBytes }) => ({ path: at(path), oid, sizeBytes })) };
    },
    commits: async (place, asked) => {
      const from = await commitOf(place);
      if (!from) return undefined;
      return { from, commits: (await repository.commits(from, asked)).map(({ tree, ...it }) => it) };
    },
  };
}
