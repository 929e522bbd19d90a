/**
 * The built page and a pretended GitHub on one origin, so that the page's own policy lets it through: a repository with the
 * files of a yard, which a spec may change, and whose rules it may break.
 */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { ReadModel, Time } from '@gityard/domain';
import { GithubMock } from './mock-github.ts';
import { type HostAnswer, listen } from './mock-host.ts';
import { type MockFiles, MockRepository } from './mock-repository.ts';

const SNAPSHOT = 'shared/health_dashboard.json';

export interface YardFiles {
  readonly model: ReadModel | string;
  readonly state?: MockFiles;
  readonly live?: MockFiles;
  readonly logs?: MockFiles;
  /** What was done before, the newest first. */
  readonly past?: readonly PastCommit[];
  /** Subjects of commits, the oldest first. */
  readonly told?: readonly string[];
  /** Who made the commits. */
  readonly by?: string;
  /** What stands beside the page in `config.json`. */
  readonly config?: string;
}

interface PastCommit {
  readonly at: Time;
  readonly author: string;
  readonly message: string;
  readonly paths: readonly string[];
}

export interface YardOnGithub {
  /** Of the page; what follows `#` is appended. */
  readonly url: string;
  readonly github: GithubMock;
  show(model: ReadModel | string): Promise<void>;
  close(): Promise<void>;
}

export async function serveYardOnGithub(
  pages: string,
  yard: YardFiles,
  { now = Date.now }: { now?: () => number } = {},
): Promise<YardOnGithub> {
  const repository = await MockRepository.make();
  const github = new GithubMock(repository, { now });
  const author = yard.by ?? 'A Person';
  await repository.commitAll([
    ...[...(yard.past ?? [])].reverse().map(({ paths, at, ...commit }) => ({
      ...{ branch: 'yard', ...commit, at: Date.parse(at) },
      files: Object.fromEntries(paths.map((path) => [path, at])),
    })),
    ...(yard.told ?? []).map((message) => ({ branch: 'yard', files: { 'yard.json': '{}' }, message, author })),
    { branch: 'yard', files: { 'yard.json': '{}', ...yard.state }, at: now(), author },
    { branch: 'yard-logs', files: { 'README.md': '', ...yard.logs } },
  ]);
  const head = await repository.head('yard');
  const textOf = (model: ReadModel | string) =>
    typeof model === 'string' ? model : JSON.stringify({ ...model, head });
  const show = async (model: ReadModel | string, more: MockFiles = {}) => {
    await repository.commit('yard-live', { ...more, [SNAPSHOT]: textOf(model) }, { rewriting: true });
  };
  await show(yard.model, yard.live);
  const { config } = yard;
  const { url, close } = await servePages(pages, { github, now, config });
  return {
    url,
    github,
    show,
    close: async () => {
      await close();
      await repository.remove();
    },
  };
}

interface Served {
  readonly github: GithubMock;
  readonly now?: () => number;
  /** What stands beside the page in `config.json`. */
  readonly config?: string | undefined;
}

/** The built page and the API of GitHub on one origin; its address names the yard as its source. */
export async function servePages(
  pages: string,
  { github, now = Date.now, config }: Served,
): Promise<{ url: string; close: () => Promise<void> }> {
  const { url, close } = await listen(async (request) => {
    const { pathname } = request.url;
    const isApi = pathname.startsWith('/api/v3/') || pathname === '/api/graphql';
    const isConfig = pathname === '/config.json' && config !== undefined;
    const baked = { status: 200, headers: { 'content-type': 'application/json' }, body: config ?? '' };
    const answer = isConfig ? baked : await (isApi ? github.answer(request) : staticFile(pages, pathname));
    // A page learns from it how far its own clock is off.
    return { ...answer, headers: { date: new Date(now()).toUTCString(), ...answer.headers } };
  });
  return { url: `${url}/?source=ghes:${url}/acme/yard`, close };
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
};

async function staticFile(folder: string, path: string): Promise<HostAnswer> {
  const name = path === '/' ? 'index.html' : path.slice(1);
  const bytes = name.includes('..') ? undefined : await readFile(join(folder, name)).catch(() => undefined);
  if (!bytes) return { status: 404, headers: {}, body: '' };
  return { status: 200, headers: { 'content-type': TYPES[extname(name)] ?? 'text/plain' }, body: bytes };
}
