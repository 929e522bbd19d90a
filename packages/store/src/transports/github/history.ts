/** Which commits a fetch has to bring: asks for pages of the history until nothing is missing between head and `have`. */
import type { Oid } from '../../codec/oid.ts';
import { StoreError } from '../../errors.ts';
import type { GithubApi } from './api.ts';
import { type CommitPage, pageIn, type ToldCommit } from './commits.ts';
import { readHistory } from './requests.ts';

export interface Reach {
  readonly head: Oid;
  readonly have: readonly Oid[];
  readonly depth?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Reached {
  /** Newest first. */
  readonly commits: readonly ToldCommit[];
  /** Those of `have` that were met. */
  readonly met: readonly ToldCommit[];
}

const LARGEST_PAGE = 100;
/** Who is up to date misses few, and the answer is dearer the more it holds. */
const SMALL_PAGE = 10;

export async function reach(api: GithubApi, request: Reach): Promise<Reached> {
  const { head, have, depth = Number.POSITIVE_INFINITY, signal } = request;
  const known = new Map<Oid, ToldCommit>();
  let first = Math.min(depth, have.length > 0 ? SMALL_PAGE : LARGEST_PAGE);
  let after: string | null = null;
  for (;;) {
    const page: CommitPage = (await readPage(api, { head, first, after, signal })) ?? unknownCommit(api, head);
    for (const commit of page.commits) known.set(commit.oid, commit);
    const { commits, isWhole } = walk(known, request);
    // A history may be cut on the server; what is there is all there is.
    if (isWhole || page.next === null) return { commits, met: have.flatMap((it) => known.get(it) ?? []) };
    after = page.next;
    first = LARGEST_PAGE;
  }
}

/** undefined: the host does not know it. */
export async function readCommit(api: GithubApi, oid: Oid, signal?: AbortSignal): Promise<ToldCommit | undefined> {
  const page = await readPage(api, { head: oid, first: 1, after: null, signal });
  return page?.commits[0];
}

interface Page {
  readonly head: Oid;
  readonly first: number;
  readonly after: string | null;
  readonly signal: AbortSignal | undefined;
}

async function readPage(api: GithubApi, { signal, ...page }: Page): Promise<CommitPage | undefined> {
  return pageIn(await api.ask(readHistory(page), signal));
}

/** Level by level from the head, not beyond what is had, and not deeper than was asked. */
function walk(known: ReadonlyMap<Oid, ToldCommit>, { head, have, depth = Number.POSITIVE_INFINITY }: Reach) {
  const seen = new Set<Oid>(have);
  const commits: ToldCommit[] = [];
  let isWhole = true;
  let line = [head];
  for (let level = 0; level < depth && line.length > 0; level += 1) {
    const fresh = [...new Set(line)].filter((it) => !seen.has(it));
    for (const oid of fresh) seen.add(oid);
    const found = fresh.flatMap((it) => known.get(it) ?? []);
    if (found.length < fresh.length) isWhole = false;
    commits.push(...found);
    line = found.flatMap((it) => it.parents);
  }
  return { commits, isWhole };
}

function unknownCommit(api: GithubApi, oid: Oid): never {
  throw new StoreError('REMOTE_UNREACHABLE', `${api.address.name} does not find its own commit ${oid}`, {
    hint: 'try again in a moment',
  });
}
