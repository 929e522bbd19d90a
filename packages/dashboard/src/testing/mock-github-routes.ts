/** What the pretended GitHub says of its repository, before anybody counts or compares. */
import { graphqlAnswer, isGraphql } from './mock-github-graphql.ts';
import { message } from './mock-github-limits.ts';
import type { GithubWorld, MockToken } from './mock-github-rules.ts';
import type { HostRequest } from './mock-host.ts';

export interface Routed {
  readonly status: number;
  readonly body: string | Uint8Array;
  readonly type?: string;
  /** Where it is known what the ETag is made of. */
  readonly tag?: string;
}

export const isRaw = (url: URL): boolean => url.pathname.startsWith('/raw-host/');

const json = (value: unknown, status = 200): Routed => ({ status, body: JSON.stringify(value) });
const no = (status: number, words: string): Routed => ({ status, body: message(words) });
const NOT_FOUND = no(404, 'Not Found');
const OID = /^[0-9a-f]{40}$/;

export async function answerOf(
  github: GithubWorld,
  request: HostRequest,
  token: MockToken | undefined,
): Promise<Routed> {
  const path = decodeURIComponent(request.url.pathname);
  if (path.endsWith('/rate_limit')) return json({ resources: {} });
  if (isGraphql(request.url)) return graphqlAnswer(github, request, token);
  const raw = /^\/raw-host\/acme\/yard\/(.+)$/.exec(path)?.[1];
  if (raw !== undefined) return rawFile(github, raw);
  const asked = /^(?:\/api\/v3)?\/repos\/acme\/yard(\/.*|)$/.exec(path)?.[1];
  if (asked === undefined || (github.rules.isPrivate && !token?.reads)) return NOT_FOUND;
  if (request.method === 'PUT') return put(github, { request, path: asked.slice('/contents/'.length), token });
  if (request.method !== 'GET') return NOT_FOUND;
  if (asked === '') return json({ full_name: 'acme/yard', private: github.rules.isPrivate });
  const [, noun = '', rest = ''] = /^\/(contents|git\/blobs|git\/trees|commits)(?:\/(.*))?$/.exec(asked) ?? [];
  if (noun === 'contents') return contents(github, request, rest);
  if (noun === 'git/blobs') return blob(github, request, rest);
  if (noun === 'git/trees') return tree(github, request, rest);
  return noun === 'commits' ? commits(github, request, rest) : NOT_FOUND;
}

const commitOf = (github: GithubWorld, name: string): Promise<string | undefined> =>
  OID.test(name) ? Promise.resolve(name) : github.head(name, github.rules.replicaLagMs);

const wantsRaw = ({ headers }: HostRequest): boolean =>
  /application\/vnd\.github(\.v3)?\.raw/.test(headers.get('accept') ?? '');

async function contents(github: GithubWorld, request: HostRequest, path: string): Promise<Routed> {
  const commit = await commitOf(github, request.url.searchParams.get('ref') ?? 'main');
  if (!commit) return no(404, 'No commit found for the ref');
  const oid = await github.repository.blobAt(commit, path);
  const bytes = oid && (await github.repository.blob(oid));
  if (!bytes) return NOT_FOUND;
  if (wantsRaw(request)) return { status: 200, body: bytes, type: 'application/vnd.github.raw+json; charset=utf-8' };
  return json({ type: 'file', path, sha: oid, size: bytes.length, encoding: 'base64', content: lines(bytes) });
}

async function blob(github: GithubWorld, request: HostRequest, oid: string): Promise<Routed> {
  const bytes = OID.test(oid) ? await github.repository.blob(oid) : undefined;
  if (!bytes) return NOT_FOUND;
  if (wantsRaw(request)) return { status: 200, body: bytes, type: 'application/vnd.github.raw; charset=utf-8' };
  return json({ sha: oid, size: bytes.length, encoding: 'base64', content: lines(bytes) });
}

async function tree(github: GithubWorld, { url }: HostRequest, place: string): Promise<Routed> {
  const [name = '', folder = ''] = place.split(/:(.*)/s);
  const treeish = await commitOf(github, name);
  const oid = treeish && (await github.repository.tree(treeish, folder));
  if (!oid) return NOT_FOUND;
  // Any value of it counts, also 0 and false.
  const depth = url.searchParams.has('recursive') ? 'all' : 'this';
  const rows = (await github.repository.entries(oid, depth)) ?? [];
  const shown = rows.slice(0, github.rules.longestTree).map(({ path, mode, type, oid: sha, sizeBytes }) => {
    return { path, mode, type, sha, url: '', ...(sizeBytes !== null && { size: sizeBytes }) };
  });
  return json({ sha: oid, url: '', tree: shown, truncated: rows.length > shown.length });
}

async function commits(github: GithubWorld, request: HostRequest, one: string): Promise<Routed> {
  const { searchParams } = request.url;
  const from = await commitOf(github, one || (searchParams.get('sha') ?? 'main'));
  if (!from) return no(one ? 422 : 404, one ? `No commit found for SHA: ${one}` : 'Not Found');
  if (one && request.headers.get('accept')?.includes('vnd.github.sha'))
    return { status: 200, body: from, type: 'application/vnd.github.sha; charset=utf-8', tag: `"${from}"` };
  const count = Math.min(100, Number(searchParams.get('per_page') ?? 30));
  const skip = count * (Number(searchParams.get('page') ?? 1) - 1);
  const [path, until] = [searchParams.get('path'), searchParams.get('until')];
  const found = await github.repository.commits(from, { count: one ? 1 : count, skip, path, until });
  const rows = found.map(({ commit, tree: sha, at, author, message: words }) => ({
    sha: commit,
    commit: {
      author: { name: author, date: at },
      committer: { name: author, date: at },
      message: words,
      tree: { sha },
    },
  }));
  return one ? json(rows[0]) : json(rows);
}

async function rawFile(github: GithubWorld, rest: string): Promise<Routed> {
  const [name = '', path = ''] = rest.replace(/^refs\/heads\//, '').split(/\/(.*)/s);
  const commit = OID.test(name) ? name : await github.head(name, github.rules.rawLagMs);
  const oid = commit && (await github.repository.blobAt(commit, path));
  const bytes = oid && (await github.repository.blob(oid));
  return bytes ? { status: 200, body: bytes, type: 'text/plain; charset=utf-8' } : no(404, '404: Not Found');
}

interface Put {
  readonly request: HostRequest;
  readonly path: string;
  readonly token: MockToken | undefined;
}

async function put(github: GithubWorld, { request, path, token }: Put): Promise<Routed> {
  if (!token) return no(401, 'Requires authentication');
  if (!token.writes) return no(403, 'Resource not accessible by personal access token');
  const { conflicts, refusal, losesAnswers } = github.rules;
  if (refusal) return no(refusal.status, refusal.words);
  if (conflicts.left > 0) {
    conflicts.left -= 1;
    if (conflicts.status === 422) return no(422, 'Update is not a fast forward');
    return conflictAt(path);
  }
  const sent = JSON.parse(request.body) as { message: string; content: string; branch: string };
  const head = await github.head(sent.branch, 0);
  if (!head) return no(404, `Branch ${sent.branch} not found`);
  if (await github.repository.blobAt(head, path)) return no(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  const files = { [path]: Buffer.from(sent.content, 'base64') };
  const how = { message: sent.message, at: github.now() };
  const commit = await github.repository.commit(sent.branch, files, how).catch(() => undefined);
  if (!commit) return conflictAt(path);
  if (losesAnswers) return no(502, 'Server Error');
  return json({ content: { path }, commit: { sha: commit, message: sent.message } }, 201);
}

const conflictAt = (path: string): Routed => no(409, `${path} does not match 1a2b3c4d`);
const lines = (bytes: Buffer): string => bytes.toString('base64').replace(/.{60}/g, '$&\n');
