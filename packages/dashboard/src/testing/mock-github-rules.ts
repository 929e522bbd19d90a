/** What a spec may change of the pretended GitHub, and how the real one is. */
import type { Allowances } from './mock-github-limits.ts';
import type { MockRepository } from './mock-repository.ts';

export interface MockToken {
  /** What a classic token says of itself; null: a fine-grained one, which says nothing. */
  readonly scopes: string | null;
  readonly reads: boolean;
  readonly writes: boolean;
}

export interface GithubRules extends Allowances {
  limit: number;
  limitWithToken: number;
  limitStatus: 403 | 429;
  isPrivate: boolean;
  /** Every answer is a secondary limit; `retryAfterMs` null: without the header. */
  secondary: { readonly retryAfterMs: number | null } | null;
  /** Every answer of the API is this. */
  outage: number | null;
  /** raw.githubusercontent.com answers only this, 429 say. */
  rawOutage: number | null;
  /** Its branches, not its commits, are this old. */
  rawLagMs: number;
  longestTree: number;
  /** Reads by the name of a branch see it as it was so long ago. */
  replicaLagMs: number;
  /** So many of the next writes meet somebody else's. */
  conflicts: { left: number; readonly status: 409 | 422 };
  /** No write is let in, with these words: a branch that is protected, say. */
  refusal: { readonly status: number; readonly words: string } | null;
  /** Writes are done, and answered by what stands before it with 502. */
  losesAnswers: boolean;
  readonly tokens: Map<string, MockToken>;
}

/** What its routes see of it. */
export interface GithubWorld {
  readonly repository: MockRepository;
  readonly rules: GithubRules;
  readonly now: () => number;
  /** The commit of a branch as a reader with that lag sees it. */
  head(branch: string, lagMs: number): Promise<string | undefined>;
}

export const realRules = (): GithubRules => ({
  limit: 60,
  limitWithToken: 5_000,
  limitStatus: 403,
  isPrivate: false,
  secondary: null,
  outage: null,
  rawOutage: null,
  rawLagMs: 300_000,
  longestTree: 100_000,
  replicaLagMs: 0,
  conflicts: { left: 0, status: 409 },
  refusal: null,
  losesAnswers: false,
  tokens: new Map([
    ['reads', { scopes: null, reads: true, writes: false }],
    ['writes', { scopes: null, reads: true, writes: true }],
    ['nothing', { scopes: null, reads: false, writes: false }],
    ['classic', { scopes: 'gist, repo', reads: true, writes: true }],
    ['classic-without-scopes', { scopes: '', reads: false, writes: false }],
  ]),
});
