/** Asks a Gitea (or Forgejo) for one repository. It counts nothing; but it lets pages of other sites in only when told to. */
import { type Answer, ask, wordsOf } from './ask.ts';
import { SourceFailure } from './source.ts';
import type { SourceAddress } from './source-address.ts';
import type { Wiring } from './wiring.ts';

export type GiteaAddress = Extract<SourceAddress, { kind: 'gitea' }>;

export interface GiteaQuestion {
  /** Below the repository. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Answers that are no failure to the caller. */
  readonly also?: readonly number[];
  readonly signal: AbortSignal;
  readonly what: string;
}

const NOT_FOUND = 'private or misspelt: Gitea answers the same to both. A private yard needs a token that may read it';
const MINUTE_MS = 60_000;

export class GiteaClient {
  isKnown = false;
  readonly #address: GiteaAddress;
  readonly #wiring: Wiring;
  #token: string | null = null;

  constructor(address: GiteaAddress, wiring: Wiring) {
    this.#address = address;
    this.#wiring = wiring;
  }

  get hasToken(): boolean {
    return this.#token !== null;
  }

  useToken(token: string | null): void {
    this.#token = token;
    this.isKnown = false;
  }

  async checkToken(token: string, signal: AbortSignal): Promise<void> {
    const { owner, name, base } = this.#address;
    const url = new URL(`${base}/api/v1/repos/${owner}/${name}`);
    await this.#asked(
      url,
      { headers: { authorization: `token ${token}` }, cache: 'no-store', signal },
      { what: 'token' },
    );
  }

  ask({ path, query = {}, body, also, signal, what }: GiteaQuestion): Promise<Answer> {
    const { owner, name, base } = this.#address;
    const url = new URL(`${base}/api/v1/repos/${owner}/${name}/${path}`);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
    // A tag of our own would be refused by its list of headers; the browser's own passes.
    const init: RequestInit & { signal: AbortSignal } = { cache: 'no-cache', signal };
    if (this.#token !== null) init.headers = { authorization: `token ${this.#token}` };
    if (body) {
      init.method = 'POST';
      init.headers = { ...init.headers, 'content-type': 'application/json' };
      init.body = JSON.stringify(body);
    }
    return this.#asked(url, init, { also, what });
  }

  async #asked(
    url: URL,
    init: RequestInit & { signal: AbortSignal },
    { also = [], what }: { also?: readonly number[] | undefined; what: string },
  ): Promise<Answer> {
    const { host } = url;
    const unreachable = `${host} cannot be reached, or does not let pages of other sites in ([cors] ENABLED = true in its app.ini)`;
    const answer = await ask(this.#wiring, { url, init, host, what, unreachable });
    if (answer.status < 400) this.isKnown = true;
    else if (!also.includes(answer.status)) throw this.#refused(host, answer);
    return answer;
  }

  #refused(host: string, answer: Answer): SourceFailure {
    const { status, headers } = answer;
    const now = this.#wiring.now();
    // Not Gitea itself, but what often stands before it.
    if (status === 429 || headers.has('retry-after')) {
      const seconds = Number(headers.get('retry-after') ?? MINUTE_MS / 1000);
      const until = now + (Number.isNaN(seconds) ? MINUTE_MS : seconds * 1000);
      return new SourceFailure({ kind: 'rate-limited', reason: `${host} asks to slow down`, until });
    }
    if (status === 401)
      return new SourceFailure({ kind: 'denied', reason: `${host} does not know this token, or wants one` });
    if (status === 403) return new SourceFailure({ kind: 'denied', reason: forbiddenWords(host, wordsOf(answer)) });
    if (status === 404) return new SourceFailure({ kind: 'not-found', reason: NOT_FOUND });
    if (status >= 500)
      return new SourceFailure({ kind: 'unavailable', reason: `${host} itself has trouble (${status})` });
    const reason = `${host} could not make sense of a question (${status}: ${wordsOf(answer)})`;
    return new SourceFailure({ kind: 'invalid', reason });
  }
}

const forbiddenWords = (host: string, words: string): string =>
  /permission|scope/i.test(words)
    ? `this token has no right to that; to act from this page it needs “repository: read and write”, of somebody who may write there (${host}: ${words})`
    : `${host} refuses: ${words}`;
