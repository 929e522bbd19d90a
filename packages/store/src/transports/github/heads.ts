/**
 * What the branches point to, as the API says. A head that did not move costs the token nothing, because the question
 * names the answer that we have (ETag). The host answers from several copies, and one may lag behind: a head that we
 * know to be past is asked for again before it is believed.
 */
import { setTimeout as delay } from 'node:timers/promises';

import type { Oid } from '../../codec/oid.ts';
import type { GithubApi } from './api.ts';
import { refIn, refsIn } from './replies.ts';
import { matchRefs, readRef } from './requests.ts';

interface Known {
  readonly etag: string | undefined;
  readonly oid: Oid;
}

const TRIES = 4;
const FIRST_PAUSE_MS = 250;
const REMEMBERED = 20;

export class Heads {
  readonly #api: GithubApi;
  readonly #answers = new Map<string, Known>();
  /** Heads that were seen, the newest last. */
  readonly #seen = new Map<string, readonly Oid[]>();

  constructor(api: GithubApi) {
    this.#api = api;
  }

  /** null: there is no such ref. */
  async read(ref: string, signal: AbortSignal | undefined): Promise<Oid | null> {
    for (let count = 1; ; count += 1) {
      const oid = await this.#ask(ref, signal);
      if (oid === null || count >= TRIES || !this.#isPast(ref, oid)) {
        this.#remember(ref, oid);
        return oid;
      }
      this.#answers.delete(ref);
      await delay(FIRST_PAUSE_MS * 2 ** (count - 1), undefined, signal && { signal });
    }
  }

  async list(prefixes: readonly string[], signal: AbortSignal | undefined): Promise<Map<string, Oid>> {
    const refs = new Map<string, Oid>();
    for (const prefix of prefixes) {
      const { json } = await this.#api.rest(matchRefs(prefix), signal);
      for (const { ref, oid } of json === undefined ? [] : refsIn(json)) if (ref.startsWith(prefix)) refs.set(ref, oid);
    }
    return refs;
  }

  /** We moved it ourselves. */
  moved(ref: string, oid: Oid): void {
    this.#answers.delete(ref);
    this.#remember(ref, oid);
  }

  async #ask(ref: string, signal: AbortSignal | undefined): Promise<Oid | null> {
    const known = this.#answers.get(ref);
    const { status, etag, json } = await this.#api.rest(readRef(ref, known?.etag), signal);
    if (status === 304 && known) return known.oid;
    // "Not found" is also said of a repository that the token may not see; the list tells the two apart.
    if (json === undefined) return (await this.list([ref], signal)).get(ref) ?? null;

    const { oid } = refIn(json);
    this.#answers.set(ref, { etag, oid });
    return oid;
  }

  #isPast(ref: string, oid: Oid): boolean {
    const seen = this.#seen.get(ref) ?? [];
    return seen.includes(oid) && seen.at(-1) !== oid;
  }

  #remember(ref: string, oid: Oid | null): void {
    const others = (this.#seen.get(ref) ?? []).filter((it) => it !== oid);
    this.#seen.set(ref, oid === null ? [] : [...others, oid].slice(-REMEMBERED));
  }
}
