/**
 * The files of public repositories as GitHub's second host hands them out: uncounted, but rate-limited by rules that
 * nobody knows, and up to five minutes old where a branch is named. An accelerator, so every doubt means "not here".
 */
import { ask } from './ask.ts';
import type { GithubAddress } from './github-client.ts';
import { encodedPath } from './rows.ts';
import type { Wiring } from './wiring.ts';

const REST_MS = 600_000;

export class RawFiles {
  readonly #address: GithubAddress;
  readonly #wiring: Wiring;
  #restsUntil = 0;

  constructor(address: GithubAddress, wiring: Wiring) {
    this.#address = address;
    this.#wiring = wiring;
  }

  get isResting(): boolean {
    return this.#address.hosts.raw === null || this.#wiring.now() < this.#restsUntil;
  }

  async read(word: string, path: string, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const { owner, name, hosts } = this.#address;
    if (this.isResting) return undefined;
    const url = new URL(`${hosts.raw}/${owner}/${name}/${encodedPath(word)}/${encodedPath(path)}`);
    try {
      const asked = { url, init: { signal, redirect: 'error' }, host: 'GitHub', what: path } as const;
      const { status, bytes } = await ask(this.#wiring, asked);
      if (status === 200) return bytes;
      if (status !== 404) this.#rest();
    } catch {
      signal.throwIfAborted();
      this.#rest();
    }
    return undefined;
  }

  #rest(): void {
    this.#restsUntil = this.#wiring.now() + REST_MS;
  }
}
