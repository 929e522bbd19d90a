/** What this page may do where the daemon serves it: the key of the address that gityard printed is traded for a session, with which it may give commands. */
import { ask } from './ask.ts';
import { beside } from './beside.ts';
import { SourceFailure } from './source.ts';
import type { Wiring } from './wiring.ts';

const PATIENCE_MS = 5_000;

export class ApiSession {
  commands: 'direct' | 'no' = 'no';
  /** One address may have another yard each day. */
  yardId: string | null = null;
  readonly #page: string;
  readonly #wiring: Wiring;
  /** Until a daemon has seen it. */
  #key: string | null;

  constructor(page: string, { key, wiring }: { readonly key: string | null; readonly wiring: Wiring }) {
    this.#page = page;
    this.#key = key;
    this.#wiring = wiring;
  }

  /** Whether a daemon is there. Where nobody answers, what this page may do is as it was. */
  async renew(): Promise<boolean> {
    if (this.#key !== null && (await this.#open(this.#key))) this.#key = null;
    const hello = await beside(this.#page, 'api/v1/hello', this.#wiring);
    if (hello.program !== 'gityard') return false;
    this.commands = hello.commands === 'direct' ? 'direct' : 'no';
    this.yardId = typeof hello.yardId === 'string' ? hello.yardId : null;
    return true;
  }

  async #open(key: string): Promise<boolean> {
    const headers = { 'content-type': 'application/json', 'x-gityard-page': '1' };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const init = {
      method: 'POST',
      headers,
      body: JSON.stringify({ key }),
      credentials: 'same-origin',
      signal,
    } as const;
    const url = new URL('api/v1/session', this.#page);
    try {
      const { status } = await ask(this.#wiring, { url, init, host: 'the server', what: 'session' });
      return status < 500;
    } catch (error) {
      // Who cannot be reached takes no commands either: the page says so by itself.
      if (error instanceof SourceFailure) return false;
      throw error;
    }
  }
}
