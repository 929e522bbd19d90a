/**
 * A Gitea of one repository, with what is particular to it: pages of other sites are let in only where CORS is on, and see no
 * tag; they may send a token but no If-None-Match; trees come a thousand rows a page; blobs end at 10 MiB; 404 for what is
 * private. Use it as `mock-github.ts`: `startMockGitea()`, `gitea.rules`, `?source=gitea:${gitea.url}/acme/yard`.
 */
import { type HostAnswer, type HostRequest, listen } from './mock-host.ts';
import { MockRepository } from './mock-repository.ts';

const OID = /^[0-9a-f]{40}$/;

export class GiteaMock {
  readonly repository: MockRepository;
  readonly requests: { readonly method: string; readonly path: string; readonly status: number }[] = [];
  readonly now = Date.now;
  readonly rules = {
    cors: true,
    isPrivate: false,
    outage: null as { readonly status: number; readonly retryAfter?: string } | null,
    rowsAPage: 1_000,
    largestBlobBytes: 10 * 1024 * 1024,
    /** Before 1.24 or so, `until` meant nothing to it. */
    knowsUntil: true,
    conflicts: 0,
    tokens: new Map([
      ['reads', { writes: false }],
      ['writes', { writes: true }],
    ]),
  };

  constructor(repository: MockRepository) {
    this.repository = repository;
  }

  async answer(request: HostRequest): Promise<HostAnswer> {
    const { method, url, headers } = request;
    const answer = method === 'OPTIONS' ? { status: 200, headers: {}, body: '' } : await this.#answered(request);
    const isSame = answer.status === 200 && headers.get('if-none-match') === answer.headers.etag;
    const status = isSame ? 304 : answer.status;
    this.requests.push({ method, path: `${url.pathname}${url.search}`, status });
    return { ...answer, status, headers: { ...answer.headers, ...(this.rules.cors && CORS) } };
  }

  async #answered(request: HostRequest): Promise<HostAnswer> {
    const { method, url, headers } = request;
    const { outage, isPrivate, tokens } = this.rules;
    if (outage)
      return {
        status: outage.status,
        headers: outage.retryAfter ? { 'retry-after': outage.retryAfter } : {},
        body: '',
      };
    const word = headers.get('authorization')?.replace(/^(bearer|token) /i, '');
    const token = word === undefined ? undefined : tokens.get(word);
    if (word !== undefined && !token) return no(401, 'invalid username, password or token');
    const asked = /^\/api\/v1\/repos\/acme\/yard(?:\/(.*))?$/.exec(decodeURIComponent(url.pathname));
    if (!asked || (isPrivate && !token)) return NOT_FOUND;
    const [, noun = '', rest = ''] = /^(raw|contents|commits|git\/blobs|git\/trees)\/?(.*)$/.exec(asked[1] ?? '') ?? [];
    if (method === 'POST') return this.#write(request, { path: rest, writes: token?.writes === true });
    if (noun === 'raw') return this.#raw(url, rest);
    if (noun === 'contents') return this.#contents(url, rest);
    if (noun === 'git/blobs') return this.#blob(rest);
    if (noun === 'git/trees') return this.#tree(url, rest);
    return noun === 'commits' ? this.#commits(url) : json({ full_name: 'acme/yard', private: isPrivate });
  }

  #commitOf(word: string | null): Promise<string | undefined> {
    return word !== null && OID.test(word) ? Promise.resolve(word) : this.repository.head(word ?? 'main');
  }

  async #raw(url: URL, path: string): Promise<HostAnswer> {
    const commit = await this.#commitOf(url.searchParams.get('ref'));
    const oid = commit && (await this.repository.blobAt(commit, path));
    const bytes = oid && (await this.repository.blob(oid));
    if (!bytes) return NOT_FOUND;
    return { status: 200, headers: { etag: `"${oid}"`, 'cache-control': 'private, max-age=300' }, body: bytes };
  }

  async #contents(url: URL, folder: string): Promise<HostAnswer> {
    const commit = await this.#commitOf(url.searchParams.get('ref'));
    const tree = commit && (await this.repository.tree(commit, folder));
    const rows = tree && (await this.repository.entries(tree, 'this'));
    if (!rows) return NOT_FOUND;
    return json(rows.map((it) => ({ name: it.path, type: it.type === 'tree' ? 'dir' : 'file', sha: it.oid })));
  }

  async #blob(oid: string): Promise<HostAnswer> {
    const bytes = OID.test(oid) ? await this.repository.blob(oid) : undefined;
    if (!bytes) return no(400, 'object does not exist');
    const isSmall = bytes.length <= this.rules.largestBlobBytes;
    const content = isSmall ? bytes.toString('base64') : null;
    return json({ sha: oid, size: bytes.length, encoding: isSmall ? 'base64' : null, content });
  }

  async #tree(url: URL, word: string): Promise<HostAnswer> {
    const commit = await this.#commitOf(word);
    const tree = commit && (await this.repository.tree(commit));
    if (!tree) return no(400, `sha not found [${word}]`);
    const depth = url.searchParams.get('recursive') === 'true' ? 'all' : 'this';
    const rows = (await this.repository.entries(tree, depth)) ?? [];
    const page = Number(url.searchParams.get('page') ?? 1);
    const perPage = Math.min(this.rules.rowsAPage, Number(url.searchParams.get('per_page') ?? this.rules.rowsAPage));
    const shown = rows.slice((page - 1) * perPage, page * perPage);
    const of = ({ path, mode, type, oid: sha, sizeBytes }: (typeof rows)[number]) => {
      return { path, mode, type, sha, size: sizeBytes ?? 0 };
    };
    return json({
      sha: tree,
      tree: shown.map(of),
      truncated: page * perPage < rows.length,
      page,
      total_count: rows.length,
    });
  }

  async #commits({ searchParams }: URL): Promise<HostAnswer> {
    const from = await this.#commitOf(searchParams.get('sha'));
    if (!from) return NOT_FOUND;
    const count = Math.min(50, Number(searchParams.get('limit') ?? 30));
    const skip = count * (Number(searchParams.get('page') ?? 1) - 1);
    const until = this.rules.knowsUntil ? searchParams.get('until') : null;
    const rows = await this.repository.commits(from, { count, skip, path: searchParams.get('path'), until });
    const of = ({ commit, at, author: name, message }: (typeof rows)[number]) => {
      return { sha: commit, commit: { author: { name, date: at }, committer: { name, date: at }, message } };
    };
    return json(rows.map(of));
  }

  async #write(request: HostRequest, { path, writes }: { path: string; writes: boolean }): Promise<HostAnswer> {
    if (!writes) return no(403, 'user should have a permission to write to the target branch');
    if (this.rules.conflicts-- > 0) return no(409, 'PushRejected Error: cannot lock ref');
    const sent = JSON.parse(request.body) as { message: string; content: string; branch: string };
    const head = await this.repository.head(sent.branch);
    if (head && (await this.repository.blobAt(head, path)))
      return no(422, `repository file already exists [path: ${path}]`);
    const files = { [path]: Buffer.from(sent.content, 'base64') };
    const commit = await this.repository.commit(sent.branch, files, { message: sent.message });
    return json({ content: { path }, commit: { sha: commit } }, 201);
  }
}

const json = (value: unknown, status = 200): HostAnswer => ({
  status,
  headers: { 'content-type': 'application/json;charset=utf-8' },
  body: JSON.stringify(value),
});
const no = (status: number, message: string): HostAnswer => json({ message, url: '/api/swagger' }, status);
const NOT_FOUND = no(404, "The target couldn't be found.");

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS',
  'access-control-allow-headers': 'Content-Type,User-Agent,Authorization',
};

export interface StartedGitea extends GiteaMock {
  readonly url: string;
  close(): Promise<void>;
}

export async function startMockGitea(): Promise<StartedGitea> {
  const repository = await MockRepository.make();
  const gitea = new GiteaMock(repository);
  const { url, close } = await listen((request) => gitea.answer(request));
  return Object.assign(gitea, {
    url,
    close: async () => {
      await close();
      await repository.remove();
    },
  });
}
