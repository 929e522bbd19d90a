/**
 * A GitHub, or a Gitea, of the issues of one repository, with or without a network in between. Each exchange with GitHub is held
 * against its published description, and what breaks it is kept for the spec to see.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type IssueAnswer, LINKED, no } from './answer.ts';
import { answerGithub } from './answers.ts';
import { contractProblems } from './contract.ts';
import { answerGitea } from './gitea-answers.ts';
import { Tracker } from './tracker.ts';

interface IssueExchange {
  /** "GET /issues?state=open", below the repository. */
  readonly asked: string;
  readonly status: number;
}

export interface PretendedIssues {
  readonly tracker: Tracker;
  readonly requests: IssueExchange[];
  /** What the published description does not allow. */
  readonly problems: string[];
  /** Answers without a network. */
  readonly fetch: typeof fetch;
  /** For `fetch`. */
  readonly apiUrl: string;
  /** The same over HTTP. */
  listen(): Promise<{ readonly apiUrl: string; close(): Promise<void> }>;
}

const REPOSITORY = '/repos/acme/app';

export function pretendIssues({
  flavour = 'github',
  now,
}: {
  flavour?: 'github' | 'gitea';
  now: string;
}): PretendedIssues {
  const tracker = new Tracker(now);
  const base = flavour === 'github' ? '' : '/api/v1';
  const requests: IssueExchange[] = [];
  const problems: string[] = [];

  async function answer(request: Request): Promise<Response> {
    // Whoever asks at the same time is answered in between.
    await new Promise((resolve) => setImmediate(resolve));
    const url = new URL(request.url);
    const path = url.pathname.slice(base.length);
    const raw = await request.text();
    const sent: unknown = raw === '' ? undefined : JSON.parse(raw);
    const given = answerOf(request, { path, url, sent });
    const { status, body, headers = {} } = asBefore(request, given);
    const link = headers.link?.replaceAll(LINKED, `${url.origin}${base}`);
    requests.push({ asked: `${request.method} ${path.slice(REPOSITORY.length)}${url.search}`, status });
    const exchange = { method: request.method, path: `${path}${url.search}`, sent, status, received: body };
    if (flavour === 'github') problems.push(...contractProblems(exchange));
    const told = { 'content-type': 'application/json; charset=utf-8', ...limits(), ...headers, ...(link && { link }) };
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers: told });
  }

  function answerOf(request: Request, { path, url, sent }: { path: string; url: URL; sent: unknown }): IssueAnswer {
    const refused = refusal(request);
    if (refused) return refused;
    if (!path.startsWith(`${REPOSITORY}/`)) return no(404, 'Not Found');
    const asked = { method: request.method, path: path.slice(REPOSITORY.length), query: url.searchParams };
    const question = { ...asked, body: (sent ?? {}) as Record<string, unknown> };
    return flavour === 'github' ? answerGithub(tracker, question) : answerGitea(tracker, question);
  }

  function refusal(request: Request): IssueAnswer | undefined {
    const { token, outage, secondary, remaining } = tracker.rules;
    const scheme = /^(?:bearer|token) (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
    if (scheme !== token) return no(401, 'Bad credentials');
    if (outage.left-- > 0) return no(outage.status, 'Server Error');
    if (secondary.left-- > 0) {
      const wait = secondary.retryAfter === null ? {} : { 'retry-after': `${secondary.retryAfter}` };
      return no(403, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', wait);
    }
    return remaining <= 0 ? no(403, 'API rate limit exceeded for installation ID 1.') : undefined;
  }

  /** What is as before is free, and has no body. */
  function asBefore(request: Request, { status, body, headers = {} }: IssueAnswer): IssueAnswer {
    const etag = `W/"${createHash('sha256').update(JSON.stringify(body)).digest('hex')}"`;
    if (request.method !== 'GET' || status !== 200) {
      tracker.rules.remaining -= 1;
      return { status, body, headers };
    }
    if (request.headers.get('if-none-match') === etag) return { status: 304, body: undefined, headers: { etag } };
    tracker.rules.remaining -= 1;
    return { status, body, headers: { ...headers, etag } };
  }

  const limits = (): Record<string, string> => ({
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': `${Math.max(0, tracker.rules.remaining)}`,
    'x-ratelimit-reset': `${Math.ceil(Date.now() / 1000) + 3_600}`,
    'x-ratelimit-resource': 'core',
  });

  return {
    tracker,
    requests,
    problems,
    fetch: (input, init) => answer(new Request(input, init)),
    apiUrl: `https://git.example${base}`,
    listen: () => listen(answer, base),
  };
}

async function listen(answer: (request: Request) => Promise<Response>, base: string) {
  const exchange = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/' } = incoming;
    const body = await text(incoming);
    const headers = new Headers(
      Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, `${value}`]),
    );
    const asked = new Request(`http://host${url}`, { method, headers, ...(body !== '' && { body }) });
    const given = await answer(asked).catch((error: unknown) => new Response(String(error), { status: 500 }));
    response.writeHead(given.status, Object.fromEntries(given.headers)).end(await given.text());
  };
  // Whoever asks may leave in the middle.
  const server = createServer((incoming, response) => {
    exchange(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}${base}`,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
