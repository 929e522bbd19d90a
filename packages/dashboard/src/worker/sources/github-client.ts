/**
 * Asks GitHub's API for one repository. Without a token: a plain request with `no-cache`, so that the browser itself asks
 * whether anything changed, and no preflight is needed. With one: the tag goes along by hand, and "as before" is free.
 * Told to wait, it waits: nothing leaves before the time that GitHub named.
 */
import type { Budget } from '../protocol.ts';
import { type Answer, ask } from './ask.ts';
import { budgetIn, type Circumstances, githubFailure, tooMuchPower } from './github-refusal.ts';
import { SourceFailure } from './source.ts';
import type { SourceAddress } from './source-address.ts';
import type { Wiring } from './wiring.ts';

export type GithubAddress = Extract<SourceAddress, { kind: 'github' }>;

export interface Question {
  /** Below the repository. */
  readonly path: string;
  /** Instead, elsewhere on the host. */
  readonly url?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly as?: 'json' | 'raw';
  readonly method?: 'GET' | 'PUT' | 'POST';
  readonly body?: object;
  readonly tag?: string | null;
  /** Answers that are no failure to the caller. */
  readonly also?: readonly number[];
  readonly signal: AbortSignal;
  readonly what: string;
}

export class GithubClient {
  budget: Budget | null = null;
  /** Something of the repository was seen: from now on 404 means that a thing is not there. */
  isKnown = false;
  readonly #address: GithubAddress;
  readonly #wiring: Wiring;
  #token: string | null = null;
  #limited: { readonly until: number; readonly reason: string } | null = null;
  #limitedBefore = 0;

  constructor(address: GithubAddress, wiring: Wiring) {
    this.#address = address;
    this.#wiring = wiring;
  }

  get hasToken(): boolean {
    return this.#token !== null;
  }

  useToken(token: string | null): void {
    this.#token = token;
    this.#limited = null;
    this.#limitedBefore = 0;
    this.isKnown = false;
  }

  /** Costs nothing: GitHub does not count questions about counting. Throws SourceFailure. */
  async checkToken(token: string, signal: AbortSignal): Promise<void> {
    const { api } = this.#address.hosts;
    const init = { headers: { authorization: `Bearer ${token}` }, cache: 'no-store', signal } as const;
    const answer = await ask(this.#wiring, { url: new URL(`${api}/rate_limit`), init, host: 'GitHub', what: 'token' });
    // An Enterprise host that does not count says 404 here, to good tokens.
    const failure = tooMuchPower(answer.headers) ?? githubFailure(answer, this.#circumstances());
    if (failure && failure.kind !== 'not-found') throw new SourceFailure(failure);
  }

  async ask(question: Question): Promise<Answer> {
    this.#waitsItsTime();
    const { owner, name, hosts } = this.#address;
    const { signal, what, also = [] } = question;
    const url = new URL(question.url ?? `${hosts.api}/repos/${owner}/${name}/${question.path}`);
    for (const [key, value] of Object.entries(question.query ?? {})) url.searchParams.set(key, value);
    const hasToken = this.hasToken;
    const costOf = (status: number) => (status === 0 || (status === 304 && hasToken) ? 0 : 1);
    const init = { ...this.#init(question), signal };
    const answer = await ask(this.#wiring, { url, init, host: 'GitHub', what, costOf });
    // The token may have been changed meanwhile; what is known of the old one says nothing of the new. Elsewhere it counts apart.
    if (hasToken === this.hasToken && !question.url) this.#learn(answer);
    if (also.includes(answer.status)) return answer;
    const failure = githubFailure(answer, this.#circumstances());
    if (!failure) return answer;
    if (failure.kind === 'rate-limited' && failure.until !== undefined) {
      this.#limited = { until: failure.until, reason: failure.reason };
      this.#limitedBefore += 1;
    }
    throw new SourceFailure(failure);
  }

  #init({ as = 'json', method = 'GET', body, tag }: Question): RequestInit {
    const accept = as === 'raw' ? 'application/vnd.github.raw+json' : 'application/vnd.github+json';
    if (this.#token === null) return { headers: { accept }, cache: 'no-cache' };
    const headers: Record<string, string> = { accept, authorization: `Bearer ${this.#token}` };
    if (tag) headers['if-none-match'] = tag;
    // What only this token may see is not left in the browser's cache.
    return { method, headers, cache: 'no-store', ...(body && { body: JSON.stringify(body) }) };
  }

  #learn(answer: Answer): void {
    this.budget = budgetIn(answer.headers) ?? this.budget;
    if (answer.status < 400) {
      this.isKnown = true;
      this.#limitedBefore = 0;
    }
    // Checked when it was typed in; and here, should it have become stronger.
    const failure = this.#token === null ? undefined : tooMuchPower(answer.headers);
    if (!failure) return;
    this.useToken(null);
    throw new SourceFailure(failure);
  }

  #waitsItsTime(): void {
    if (this.#limited === null) return;
    const { until, reason } = this.#limited;
    if (this.#wiring.now() < until) throw new SourceFailure({ kind: 'rate-limited', reason, until });
    this.#limited = null;
  }

  #circumstances(): Circumstances {
    return { now: this.#wiring.now(), hasToken: this.hasToken, limitedBefore: this.#limitedBefore };
  }
}
