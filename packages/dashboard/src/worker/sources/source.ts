/**
 * Where the page's data come from: GitHub, Gitea, the daemon that serves the page, or a folder of files. All of them are
 * a Git repository seen from outside: refs, trees, blobs, commits. What a page shows is worked out of those by questions,
 * so that a source knows nothing of jobs, and one contract suite holds for every member of `list.ts`.
 */
import type { CommandWish, JobWish, ReadModel } from '@gityard/domain';
import type { Budget, Failure, Receipt, SourceKind } from '../protocol.ts';

export type { SourceKind } from '../protocol.ts';

/** On the live ref. */
export const READ_MODEL_PATH = 'shared/health_dashboard.json';

/** The three refs of a yard by what they hold; a source knows their names. */
export type RefName = 'state' | 'live' | 'logs';
/** A ref as it is now, or a commit (40 hex digits), which never changes. */
export type Place = { readonly ref: RefName } | { readonly commit: string };

export interface TreeEntry {
  readonly path: string;
  readonly oid: string;
  /** null: the source does not say. */
  readonly sizeBytes: number | null;
}
export interface CommitEntry {
  readonly commit: string;
  readonly at: string;
  readonly author: string;
  readonly message: string;
}
export interface FoundFile {
  readonly bytes: Uint8Array;
  readonly oid: string;
}

/** What one look brought. `same`: nothing has changed since the look whose tag was passed. */
type Look =
  | {
      readonly kind: 'snapshot';
      readonly model: ReadModel;
      readonly tag: string | null;
      readonly budget: Budget | null;
    }
  | { readonly kind: 'same'; readonly budget: Budget | null };

/** What a source that is told of changes hands on. */
type Followed =
  | { readonly kind: 'snapshot'; readonly model: ReadModel }
  | {
      readonly kind: 'connection';
      readonly state: 'connecting' | 'live' | 'late' | 'offline';
      readonly reason: string | null;
      readonly skewMs: number;
    };

export interface Source {
  readonly kind: SourceKind;
  /** What people are told, and what keeps what is remembered of two yards apart. */
  readonly address: string;
  /** Which yard it is (`yardId`), where that is known before the first look; null: not yet. */
  readonly yardId?: () => string | null;
  /** Whether it may be asked as often as one likes, or has a budget. */
  readonly isLocal: boolean;
  /** How a command of a person gets there: at once, as a commit with a token, by a link that the person follows, or not at all. */
  readonly commands: () => 'direct' | 'link' | 'no';

  /** Looks again what commands may be given here, where whoever came back may be another. */
  readonly renewRights?: () => Promise<void>;
  /** How many requests are left where each file takes one of a budget; without it, or null: files cost nothing. */
  readonly left?: () => number | null;

  /** One request: the read model as it is now. Throws SourceFailure. */
  look(tag: string | null, signal: AbortSignal): Promise<Look>;
  /** Instead of looking again and again, where the source tells by itself. Returns the function that ends it. */
  readonly follow?: (listener: (event: Followed) => void) => () => void;

  /** undefined: there is no such file there. Throws SourceFailure. */
  file(place: Place, path: string, signal: AbortSignal): Promise<FoundFile | undefined>;
  /** By content address; the caller has verified nothing yet. Throws SourceFailure. */
  blob(oid: string, signal: AbortSignal): Promise<Uint8Array>;
  /** Where many can be had in one request; null: not now. What does not come along is asked for by itself. */
  readonly batch?: () => Promise<Batch | null>;
  /** All files below a folder ('' = all), in the order of their paths. Throws SourceFailure. */
  tree(place: Place, folder: string, signal: AbortSignal): Promise<readonly TreeEntry[]>;
  /** Newest first, from `from` (a ref or a commit) on, that commit included. Throws SourceFailure. */
  commits(from: Place, wanted: CommitsWanted, signal: AbortSignal): Promise<readonly CommitEntry[]>;

  /** Puts a wish into the inbox, or has it done at once; under one id never twice. Throws SourceFailure. */
  send(wish: NamedWish, signal: AbortSignal): Promise<Receipt>;
  /** Where a person can put the wish into the inbox by hand; null where there is no such place. */
  linkFor(wish: NamedWish): WishLink | null;
  /** Where a person can see a file or a commit; null where there is no such place. */
  linkTo(thing: { readonly commit: string; readonly path?: string }): string | null;
  /** Whether it may be used here: it is good, and not stronger than it needs to be. Throws SourceFailure, which says why not. */
  checkToken(token: string, signal: AbortSignal): Promise<void>;
  /** From now on requests carry it; null takes it back. It is never told to anybody again. */
  useToken(token: string | null): void;
}

/** Blobs by content address, the caller has verified nothing yet. */
export interface Batch {
  /** In one request. */
  readonly most: number;
  read(oids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Uint8Array>>;
}

/** What a person wants, under a name of its own (a ULID in lower case), so that it can be sent again after a lost answer. */
export interface NamedWish {
  readonly id: string;
  readonly wish: JobWish | CommandWish;
  /** It was sent before, and nobody knows whether it arrived. */
  readonly isAgain: boolean;
}

export interface WishLink {
  readonly href: string;
  /** To be pasted there, where it is too long for an address; null: it stands there already. */
  readonly paste: string | null;
}

export interface CommitsWanted {
  readonly count: number;
  /** Only those that touched it. */
  readonly path?: string;
  /** Only those made by then. */
  readonly until?: string;
}

/** Why a request brought nothing. It changes the connection, and never what is known of a server or a job. */
export class SourceFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.reason);
    this.failure = failure;
  }
}
