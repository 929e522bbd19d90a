/**
 * A yard where only a token and GitHub's API are at hand: no Git protocol, no clone. Reading is verified by hash;
 * writing is one mutation for one commit on one branch, with the head it expects. The host makes the commit, so a branch
 * can neither be replaced nor removed this way, and the live ref grows like any other. Tried against a server of the
 * specs that follows the published documentation; it was never run against github.com itself from here.
 */
import type { Oid } from '../../codec/oid.ts';
import { checkRefName } from '../../codec/ref-name.ts';
import { StoreError } from '../../errors.ts';
import type { HttpOptions } from '../http-channel.ts';
import type {
  FetchedRef,
  FetchRequest,
  PushOutcome,
  PushRequest,
  RateLimit,
  RefAnswer,
  RefUpdate,
  Transport,
} from '../transport.ts';
import { parseGithubAddress } from './address.ts';
import { GithubApi } from './api.ts';
import { moveBranch, OtherFilesError, refused } from './commit-on-branch.ts';
import { fetchObjects } from './fetch-objects.ts';
import { Heads } from './heads.ts';
import { Known } from './known.ts';
import { makeBranch } from './make-branch.ts';
import { type Parcel, parcelOf } from './parcel.ts';

export function githubTransport(address: string, { token, ...options }: HttpOptions = {}): Transport {
  const parsed = parseGithubAddress(address);
  if (token) return new GithubTransport(new GithubApi(parsed, { ...options, token }));
  throw new StoreError('DENIED', `${parsed.name} is reached through GitHub’s API, which wants a token`, {
    hint: 'set GITYARD_TOKEN (or GITHUB_TOKEN for github.com) to one that may read and write its contents',
  });
}

class GithubTransport implements Transport {
  readonly can = { replace: false };
  readonly makesCommits = true;
  readonly #api: GithubApi;
  readonly #heads: Heads;
  readonly #known = new Known();

  constructor(api: GithubApi) {
    this.#api = api;
    this.#heads = new Heads(api);
  }

  get name(): string {
    return this.#api.address.name;
  }

  get aheadMs(): number {
    return this.#api.clock.aheadMs;
  }

  get rateLimit(): RateLimit | undefined {
    return this.#api.rateLimit;
  }

  readRefs(prefixes: readonly string[], signal?: AbortSignal): Promise<Map<string, Oid>> {
    return this.#heads.list(prefixes, signal);
  }

  async fetchRef(request: FetchRequest): Promise<FetchedRef> {
    const head = await this.#heads.read(checkRefName(request.ref), request.signal);
    if (head === null || request.have.includes(head)) return { head, objects: [] };
    const { objects, tree } = await fetchObjects(this.#api, head, request);
    this.#known.keep(objects);
    this.#known.commit(head, tree);
    return { head, objects };
  }

  /** One ref after the other: the API has no request for two. */
  async push(request: PushRequest): Promise<PushOutcome> {
    const parcel = parcelOf(this.#api, request, this.#known);
    const refs = new Map<string, RefAnswer>();
    for (const update of request.updates) {
      checkRefName(update.ref);
      try {
        refs.set(update.ref, await this.#move(update, parcel));
      } catch (error) {
        if (isUnclear(error)) return { kind: 'unclear', cause: error };
        if (![...refs.values()].some((it) => it.ok)) throw error;
        // Something was changed already, so this one is told of as one that has to be tried again.
        refs.set(update.ref, { ok: false, sort: 'conflict', reason: (error as Error).message });
      }
    }
    if ([...refs.values()].some((it) => it.ok)) this.#known.keep(request.objects);
    return { kind: 'answered', refs };
  }

  async close(): Promise<void> {
    await this.#api.close();
  }

  async #move({ ref, expected, next }: RefUpdate, parcel: Parcel): Promise<RefAnswer> {
    if (next === null) return refused('this transport removes no refs');
    const answer =
      expected === null
        ? await makeBranch(this.#api, { ref, next }, parcel)
        : await moveBranch(this.#api, { ref, expected, next }, parcel);
    if (answer.ok) this.#landed({ ref, next, commit: answer.landedAs ?? next }, parcel);
    return answer;
  }

  #landed({ ref, next, commit }: { ref: string; next: Oid; commit: Oid }, { treeOf }: Parcel): void {
    this.#heads.moved(ref, commit);
    const tree = treeOf(next);
    if (tree !== undefined) this.#known.commit(commit, tree);
  }
}

/** Sent, and without an answer that can be trusted. */
function isUnclear(error: unknown): error is StoreError {
  return error instanceof StoreError && error.mayHaveLanded && !(error instanceof OtherFilesError);
}
