/**
 * A GitHub of one repository, with the real rules as far as they are documented or were probed: 60 requests an hour for a
 * network without a token, where a 304 is charged too; 5,000 with one, where a 304 is free; max-age=60, what other origins
 * may send and see, 403 and 429, the secondary limits, truncated trees, 404 for what is private, readers that lag behind.
 *
 *     const github = await startMockGithub();              // new GithubMock(…) for one without a network
 *     await github.repository.commit('yard-live', { 'shared/health_dashboard.json': json }, { at });
 *     `?source=ghes:${github.url}/acme/yard`               // a page; or githubSource(github.hosts, …) in a spec
 *     const browse = browserOf(github);                    // mock-browser.ts: fetch as a browser does it, with its cache
 *     github.rules.outage = 502;                           // any rule, at any time
 *     github.requests                                      // what was asked, and whether it was charged
 *
 * `now` makes it run on a clock of the spec's own. Heads are read from the repository, so that Git itself may push there.
 */
import { createHash } from 'node:crypto';
import { isGraphql } from './mock-github-graphql.ts';
import { type Allowances, type Caller, GithubLimits, message, secondaryLimit } from './mock-github-limits.ts';
import { answerOf, isRaw, type Routed } from './mock-github-routes.ts';
import { type GithubWorld, realRules } from './mock-github-rules.ts';
import { type HostAnswer, type HostRequest, listen } from './mock-host.ts';
import { MockRepository } from './mock-repository.ts';

export interface MockRequest {
  readonly at: number;
  readonly ip: string;
  readonly hasToken: boolean;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly status: number;
  /** Whether it took one of the hour's. */
  readonly charged: boolean;
}

export class GithubMock implements GithubWorld {
  readonly repository: MockRepository;
  readonly requests: MockRequest[] = [];
  readonly limits = new GithubLimits();
  readonly now: () => number;
  readonly rules = realRules();
  readonly #heads = new Map<string, { commit: string; since: number }[]>();

  constructor(repository: MockRepository, { now = Date.now }: { now?: () => number } = {}) {
    this.repository = repository;
    this.now = now;
  }

  /** The commit of a branch as a reader with that lag sees it. */
  async head(branch: string, lagMs: number): Promise<string | undefined> {
    const now = this.now();
    const commit = await this.repository.head(branch);
    const seen = this.#heads.get(branch) ?? [];
    this.#heads.set(branch, seen);
    if (commit && seen.at(-1)?.commit !== commit) seen.push({ commit, since: now });
    return (seen.findLast((it) => it.since <= now - lagMs) ?? seen[0])?.commit;
  }

  async answer(request: HostRequest): Promise<HostAnswer> {
    if (request.method === 'OPTIONS')
      return this.#logged(request, { status: 204, headers: PREFLIGHT, body: '' }, 'free');
    if (isRaw(request.url)) return this.#answerRaw(request);
    const now = this.now();
    const caller = callerOf(request);
    const token = caller.token === null ? undefined : this.rules.tokens.get(caller.token);
    if (this.rules.outage !== null)
      return this.#logged(request, { status: this.rules.outage, headers: {}, body: 'Unicorn!' }, 'free');
    if (caller.token !== null && !token) return this.#logged(request, answered(401, 'Bad credentials'), 'free');
    const isFree = request.url.pathname.endsWith('/rate_limit');
    const allowances = this.rules;
    // Questions of GraphQL have an hour of their own, which no page ever uses up.
    const isQuery = isGraphql(request.url);
    const isWrite = request.method !== 'GET' && !isQuery;
    const refused = isFree ? undefined : this.#refusal(caller, { now, allowances, isWrite });
    const routed = refused ?? (await answerOf(this, request, token));
    const answer = refused ?? this.#conditional(request, routed as Routed);
    const charged = !isFree && !isQuery && !refused && !(answer.status === 304 && token);
    if (charged) this.limits.charge(caller, now);
    const headers = {
      ...this.limits.headers(caller, { now, allowances }),
      ...(isQuery && { 'x-ratelimit-remaining': '4990', 'x-ratelimit-resource': 'graphql' }),
      ...(token && token.scopes !== null && { 'x-oauth-scopes': token.scopes }),
      ...answer.headers,
    };
    return this.#logged(request, { ...answer, headers }, charged ? 'charged' : 'free');
  }

  #refusal(caller: Caller, asked: { now: number; allowances: Allowances; isWrite: boolean }): HostAnswer | undefined {
    if (this.rules.secondary) return secondaryLimit(this.rules.secondary.retryAfterMs);
    return this.limits.refusal(caller, asked);
  }

  async #answerRaw(request: HostRequest): Promise<HostAnswer> {
    const { rawOutage, isPrivate } = this.rules;
    if (rawOutage !== null) return this.#logged(request, answered(rawOutage, 'Too Many Requests'), 'free');
    if (isPrivate) return this.#logged(request, answered(404, '404: Not Found'), 'free');
    const answer = await answerOf(this, request, undefined);
    const headers = { etag: tagOf(answer), 'cache-control': 'max-age=300' };
    return this.#logged(request, { ...answer, headers }, 'free');
  }

  #conditional(request: HostRequest, routed: Routed): HostAnswer {
    if (routed.status !== 200) return { ...routed, headers: {} };
    const etag = routed.tag ?? tagOf(routed);
    const reach = request.headers.has('authorization') ? 'private' : 'public';
    const headers = {
      'content-type': routed.type ?? 'application/json; charset=utf-8',
      etag,
      'cache-control': `${reach}, max-age=60, s-maxage=60`,
      vary: 'Accept, Authorization, Cookie, Accept-Encoding',
    };
    const asked = request.headers.get('if-none-match');
    if (asked === null || weak(asked) !== weak(etag)) return { status: 200, headers, body: routed.body };
    return { status: 304, headers, body: '' };
  }

  #logged(request: HostRequest, answer: HostAnswer, cost: 'charged' | 'free'): HostAnswer {
    const { ip, method, url, headers } = request;
    const path = `${url.pathname}${url.search}`;
    const hasToken = headers.has('authorization');
    this.requests.push({
      at: this.now(),
      ip,
      hasToken,
      method,
      path,
      status: answer.status,
      charged: cost === 'charged',
    });
    const seen = { 'access-control-allow-origin': '*', 'access-control-expose-headers': EXPOSED };
    return { ...answer, headers: { ...seen, ...answer.headers } };
  }
}

export interface StartedGithub extends GithubMock {
  readonly url: string;
  readonly hosts: { readonly api: string; readonly raw: string; readonly web: string };
  close(): Promise<void>;
}

/** Over real HTTP, with the API where an Enterprise host has it. */
export async function startMockGithub(options: { now?: () => number } = {}): Promise<StartedGithub> {
  const repository = await MockRepository.make();
  const github = new GithubMock(repository, options);
  const { url, close } = await listen((request) => github.answer(request));
  return Object.assign(github, {
    url,
    hosts: { api: `${url}/api/v3`, raw: `${url}/raw-host`, web: url },
    close: async () => {
      await close();
      await repository.remove();
    },
  });
}

const callerOf = ({ ip, headers }: HostRequest): Caller => ({
  ip,
  token: headers.get('authorization')?.replace(/^(bearer|token) /i, '') ?? null,
});

const answered = (status: number, words: string): HostAnswer => ({ status, headers: {}, body: message(words) });
const tagOf = ({ body }: { readonly body: string | Uint8Array }): string =>
  `W/"${createHash('sha256').update(body).digest('hex')}"`;
const weak = (tag: string): string => tag.replace(/^W\//, '');

const EXPOSED =
  'ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, ' +
  'X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Poll-Interval, ' +
  'X-GitHub-Media-Type, X-GitHub-SSO, X-GitHub-Request-Id, Deprecation, Sunset';
const PREFLIGHT = {
  'access-control-allow-headers':
    'Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, Accept-Encoding, ' +
    'X-GitHub-OTP, X-Requested-With, User-Agent, GraphQL-Features, X-Github-Next-Global-ID, X-GitHub-Api-Version',
  'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE',
  'access-control-max-age': '86400',
};
