/**
 * The two doors of GitHub's API, REST and GraphQL: sends what requests.ts says, turns a "no" into an error, and notes
 * what each answer tells beside its body: the time, and how much the token may still ask.
 */
import { findRoute, type Route } from '../access/route.ts';
import type { HttpOptions } from '../http-channel.ts';
import { type HttpQuestion, type HttpReply, type Limits, send } from '../http-request.ts';
import { RemoteClock } from '../remote-clock.ts';
import type { RateLimit } from '../transport.ts';
import type { GithubAddress } from './address.ts';
import { type Failing, type GraphqlError, graphqlFailure, messageIn, noJson, statusFailure } from './failures.ts';
import { RateLimits } from './rate-limits.ts';
import { graphqlErrorsIn, isObject, type Json } from './replies.ts';
import type { GraphqlRequest, RestRequest } from './requests.ts';

export interface RestReply {
  readonly status: number;
  readonly etag: string | undefined;
  /** undefined where the status says it all. */
  readonly json: Json | undefined;
  /** Why it is not what was asked for, in the host's words. */
  readonly message: string;
}

export interface GraphqlReply {
  readonly data: Json;
  readonly errors: readonly GraphqlError[];
  /** The errors as one that can be thrown. */
  failure(): Error;
}

const HEADERS = { 'User-Agent': 'gityard', 'X-GitHub-Api-Version': '2022-11-28' };

export class GithubApi {
  readonly address: GithubAddress;
  readonly clock: RemoteClock;
  readonly #limits: Limits;
  readonly #env: NodeJS.ProcessEnv;
  #route: Promise<Route> | undefined;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #wallMs: () => number;
  readonly #rateLimits = new RateLimits();

  constructor(address: GithubAddress, { token, wallMs = Date.now, ...times }: HttpOptions & { token: string }) {
    const { env = process.env, connectMs = 10_000, idleMs = 30_000, totalMs = 120_000 } = times;
    this.address = address;
    this.clock = new RemoteClock(wallMs);
    this.#limits = { connectMs, idleMs, totalMs };
    this.#env = env;
    this.#headers = { ...HEADERS, Authorization: `Bearer ${token}` };
    this.#wallMs = wallMs;
  }

  get rateLimit(): RateLimit | undefined {
    return this.#rateLimits.scarcest;
  }

  async rest(request: RestRequest, signal: AbortSignal | undefined): Promise<RestReply> {
    const { method, path, body, etag, allows = [], changes = false } = request;
    const headers = { Accept: 'application/vnd.github+json', ...(etag && { 'If-None-Match': etag }) };
    const target = `${this.address.restUrl}${path}`;
    const reply = await this.#send({ target, method, headers, changes, signal }, body);
    if (allows.includes(reply.status))
      return { status: reply.status, etag: undefined, json: undefined, message: messageIn(reply.body) };
    if (reply.status < 200 || reply.status > 299) throw statusFailure(reply, this.#failing(changes));
    return { status: reply.status, etag: reply.headers.etag, json: this.#jsonIn(reply, changes), message: '' };
  }

  async graphql(request: GraphqlRequest, signal: AbortSignal | undefined): Promise<GraphqlReply> {
    const { owner, repository: name, graphqlUrl: target } = this.address;
    const { query, variables, changes = false } = request;
    const body = { query, variables: changes ? variables : { owner, name, ...variables } };
    const headers = { Accept: 'application/json' };
    const reply = await this.#send({ target, method: 'POST', headers, changes, signal }, body);
    const failing = this.#failing(changes);
    if (reply.status !== 200) throw statusFailure(reply, failing);
    const json = this.#jsonIn(reply, changes);
    if (!isObject(json)) throw noJson(failing.name, changes);
    const errors = graphqlErrorsIn(json);
    return { data: json.data ?? null, errors, failure: () => graphqlFailure(errors, reply, failing) };
  }

  /** For a question that has no answer but its data. */
  async ask(request: GraphqlRequest, signal: AbortSignal | undefined): Promise<Json> {
    const { data, errors, failure } = await this.graphql(request, signal);
    if (errors.length > 0 || !isObject(data) || !isObject(data.repository)) throw failure();
    return data.repository;
  }

  async close(): Promise<void> {
    // A route that was not found has nothing to close.
    const route = await this.#route?.catch(() => undefined);
    route?.agent.destroy();
  }

  /** The way of Git's own requests to that host: its proxy, and whom it trusts. */
  #way(): Promise<Route> {
    this.#route ??= findRoute(new URL(this.address.restUrl), { env: this.#env, connectMs: this.#limits.connectMs });
    return this.#route;
  }

  async #send(question: Omit<HttpQuestion, 'route' | 'limits' | 'body'>, body: unknown): Promise<HttpReply> {
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const typed = bytes && { 'Content-Type': 'application/json', 'Content-Length': `${bytes.length}` };
    const headers = { ...this.#headers, ...question.headers, ...typed };
    const answered = this.clock.ask();
    const connection = { route: await this.#way(), limits: this.#limits };
    const reply = await send({ ...question, ...connection, headers, ...(bytes && { body: bytes }) });
    answered(reply.headers.date);
    this.#rateLimits.note(reply.headers);
    return reply;
  }

  #jsonIn({ body }: HttpReply, changes: boolean): Json {
    try {
      return JSON.parse(Buffer.from(body).toString());
    } catch {
      throw noJson(this.address.name, changes);
    }
  }

  #failing(changes: boolean): Failing {
    return { name: this.address.name, nowMs: this.#wallMs() + this.clock.aheadMs, changes };
  }
}
