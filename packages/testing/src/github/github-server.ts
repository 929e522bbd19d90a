/**
 * A GitHub of one repository for specs: its REST and GraphQL APIs over real HTTP, in front of a real bare repository
 * that git's own plumbing writes. Answers, headers and errors have the shapes of the published documentation and of
 * reports from the field; what was only assumed of the real one stays an assumption here. Each exchange over REST is held
 * against GitHub's own description; of GraphQL it has none.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { git } from '../git.ts';
import { answerGraphql, operationOf } from './graphql.ts';
import { contractProblems } from './issues/contract.ts';
import { Plumbing } from './plumbing.ts';
import { answerRest, type RestAnswer } from './rest.ts';

export interface GithubRequest {
  /** "GET /git/ref/heads/yard", or the name of the GraphQL operation. */
  readonly asked: string;
  readonly status: number;
  readonly bytes: number;
}

/** Meets the next request that it is for, once. `forward` does what was asked and says nothing. */
export interface GithubFault {
  readonly asked: RegExp;
  meet(response: ServerResponse, forward: () => Promise<void>): void | Promise<void>;
}

export interface GithubServer {
  readonly address: string;
  readonly token: string;
  /** The folder of the bare repository. */
  readonly repository: string;
  readonly requests: GithubRequest[];
  readonly faults: GithubFault[];
  /** May be changed at any time. */
  readonly rules: { declines?: string | undefined; longestListing: number; signs: boolean; remaining: number };
  /** @throws when an exchange over REST was none that GitHub's published description allows. */
  close(): Promise<void>;
}

const OWNER_AND_NAME = 'acme/yard';
const TOKEN = 'a-token-of-the-specs';
const LIMIT = 5_000;
const REST = '/api/v3';
/** Longer than a client lets a connection rest: one that closes just as it is used again is another story than a spec tells. */
const KEEP_ALIVE_MS = 600_000;

export async function startGithubServer({
  root,
  empty = false,
}: {
  root: string;
  empty?: boolean;
}): Promise<GithubServer> {
  const repository = join(root, 'yard.git');
  await git(['init', '--quiet', '--bare', '--template=', repository], { cwd: root });
  const plumbing = new Plumbing(repository);
  // One that was made in the browser has a first commit, and without any the API refuses to work at all.
  if (!empty) await plumbing.run(['update-ref', 'refs/tags/made', await firstCommit(plumbing)]);

  const problems = new Set<string>();
  const running = new Set<Promise<void>>();
  const http = createServer((request, response) => {
    const exchange = new Exchange(server, plumbing, { response, problems })
      .answer(request)
      // Whoever asked may leave in the middle; who has not is to see that something went wrong.
      .catch(() => void response.destroy())
      .finally(() => running.delete(exchange));
    running.add(exchange);
  });
  http.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const server: GithubServer = {
    address: `github+http://127.0.0.1:${port}/${OWNER_AND_NAME}`,
    token: TOKEN,
    repository,
    requests: [],
    faults: [],
    rules: { longestListing: 100_000, signs: false, remaining: LIMIT },
    async close() {
      http.closeAllConnections();
      await new Promise<void>((resolve) => http.close(() => resolve()));
      // What they began in the repository comes to its end before the folder goes.
      await Promise.all(running);
      if (problems.size > 0) throw new Error(`GitHub does not know this:\n${[...problems].join('\n')}`);
    },
  };
  return server;
}

async function firstCommit(plumbing: Plumbing): Promise<string> {
  const tree = await plumbing.editTree(undefined, []);
  return plumbing.line(['commit-tree', tree, '-m', 'Initial commit']);
}

interface Asked {
  readonly asked: string;
  answer(): Promise<RestAnswer>;
}

interface Told {
  readonly response: ServerResponse;
  readonly problems: Set<string>;
}

class Exchange {
  readonly #server: GithubServer;
  readonly #git: Plumbing;
  readonly #response: ServerResponse;
  readonly #problems: Set<string>;

  constructor(server: GithubServer, plumbing: Plumbing, { response, problems }: Told) {
    this.#server = server;
    this.#git = plumbing;
    this.#response = response;
    this.#problems = problems;
  }

  async answer(request: IncomingMessage): Promise<void> {
    const body = await text(request);
    const { asked, answer } = this.#asked(request, body);
    this.#response.once('close', () => {
      this.#server.requests.push({ asked, status: this.#response.statusCode, bytes: body.length });
    });
    const at = this.#server.faults.findIndex((it) => it.asked.test(asked));
    const [fault] = at < 0 ? [] : this.#server.faults.splice(at, 1);
    if (fault) await fault.meet(this.#response, async () => void (await answer()));
    else this.#send(request, body, await answer());
  }

  #asked({ method = 'GET', url = '/', headers }: IncomingMessage, body: string): Asked {
    const isDenied = headers.authorization !== `Bearer ${TOKEN}`;
    const denied = async () => ({ status: 401, body: { message: 'Bad credentials', status: '401' } });
    if (url === '/api/graphql') {
      const question = JSON.parse(body);
      const { declines } = this.#server.rules;
      const context = { git: this.#git, name: OWNER_AND_NAME, declines };
      const answer = async () => ({ status: 200, body: await answerGraphql(context, question) });
      return { asked: operationOf(question.query), answer: isDenied ? denied : answer };
    }
    const prefix = `${REST}/repos/${OWNER_AND_NAME}`;
    const path = url.slice(prefix.length);
    const question = { method, path: url.startsWith(prefix) ? path : '', body: body ? JSON.parse(body) : undefined };
    const { longestListing, signs } = this.#server.rules;
    const answer = () => answerRest({ git: this.#git, longestListing, signs }, question);
    return { asked: `${method} ${path}`, answer: isDenied ? denied : answer };
  }

  #send({ method = 'GET', url = '/', headers }: IncomingMessage, sent: string, { status, body }: RestAnswer): void {
    const json = JSON.stringify(body);
    const etag = `W/"${createHash('sha256').update(json).digest('hex')}"`;
    const isSame = status === 200 && headers['if-none-match'] === etag;
    const { rules } = this.#server;
    // An answer that says "as before" is free.
    if (!isSame) rules.remaining -= 1;
    const received = isSame ? undefined : JSON.parse(json);
    if (url.startsWith(REST))
      for (const it of contractProblems({
        ...{ method, path: url.slice(REST.length), status: isSame ? 304 : status, received },
        sent: sent === '' ? undefined : JSON.parse(sent),
      }))
        this.#problems.add(it);
    this.#response.writeHead(isSame ? 304 : status, {
      'Content-Type': 'application/json; charset=utf-8',
      ETag: etag,
      'X-RateLimit-Limit': `${LIMIT}`,
      'X-RateLimit-Remaining': `${rules.remaining}`,
      'X-RateLimit-Reset': `${Math.ceil(Date.now() / 1000) + 3_600}`,
      'X-RateLimit-Resource': url === '/api/graphql' ? 'graphql' : 'core',
    });
    this.#response.end(isSame ? undefined : json);
  }
}
