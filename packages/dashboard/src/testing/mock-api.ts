/** The routes of the daemon that a page reads, over a repository: for specs of the page's side alone. */
import type { HostAnswer, HostRequest } from './mock-host.ts';
import type { MockRepository } from './mock-repository.ts';

const BRANCHES: Readonly<Record<string, string>> = { state: 'yard', live: 'yard-live', logs: 'yard-logs' };

export class ApiMock {
  readonly repository: MockRepository;
  readonly now = Date.now;
  /** What every request is answered with, while it is set. */
  problem: { readonly status: number; readonly detail: string } | null = null;
  readonly commands: unknown[] = [];

  constructor(repository: MockRepository) {
    this.repository = repository;
  }

  async answer({ method, url, headers, body }: HostRequest): Promise<HostAnswer> {
    const { problem, repository } = this;
    if (problem) return json(problem, problem.status);
    const [noun = '', place = '', ...rest] = (url.pathname.split('/api/v1/').at(-1) ?? '')
      .split('/')
      .map(decodeURIComponent);
    const query = url.searchParams;
    if (noun === 'hello') return json({ gityard: true });
    if (noun === 'commands' && method === 'POST') {
      if (headers.get('x-gityard-page') !== '1') return json({ detail: 'who asks?' }, 403);
      this.commands.push(JSON.parse(body));
      return json({ state: 'applied', commit: null });
    }
    if (noun === 'snapshot') return this.#file('live', 'shared/health_dashboard.json', headers.get('if-none-match'));
    if (noun === 'blobs') return bytes(await repository.blob(place), place);
    if (noun === 'files') return this.#file(place, rest.join('/'), null);
    const commit = await this.#commitOf(place);
    if (!commit) return NOT_FOUND;
    if (noun === 'trees') return this.#tree(commit, query.get('folder') ?? '');
    const wanted = { count: Number(query.get('count')), path: query.get('path'), until: query.get('until') };
    return json({ commits: (await repository.commits(commit, wanted)).map(({ tree, ...it }) => it) });
  }

  #commitOf(place: string): Promise<string | undefined> {
    return this.repository.head(BRANCHES[place] ?? '').then((head) => head ?? (place in BRANCHES ? undefined : place));
  }

  async #file(place: string, path: string, tag: string | null): Promise<HostAnswer> {
    const commit = await this.#commitOf(place);
    const oid = commit && (await this.repository.blobAt(commit, path));
    if (!oid) return NOT_FOUND;
    if (tag === `"${oid}"`) return { status: 304, headers: {}, body: '' };
    return bytes(await this.repository.blob(oid), oid);
  }

  async #tree(commit: string, folder: string): Promise<HostAnswer> {
    const tree = await this.repository.tree(commit, folder);
    const rows = (tree && (await this.repository.entries(tree, 'all'))) || [];
    const files = rows.filter((it) => it.type === 'blob');
    const at = (path: string) => (folder === '' ? path : `${folder}/${path}`);
    return json({ entries: files.map(({ path, oid, sizeBytes }) => ({ path: at(path), oid, sizeBytes })) });
  }
}

const json = (value: unknown, status = 200): HostAnswer => ({ status, headers: {}, body: JSON.stringify(value) });
const NOT_FOUND = json({ detail: 'there is no such thing' }, 404);
const bytes = (body: Uint8Array | undefined, oid: string): HostAnswer =>
  body ? { status: 200, headers: { etag: `"${oid}"` }, body } : NOT_FOUND;
