/** What the page and its worker say to each other. Values only: nothing here outlives the message, and no token goes back. */
import type { ReadModel } from '@gityard/domain';

export type SourceKind = 'github' | 'gitea' | 'api' | 'folder';

/** What is left of what a host allows; a request more than that brings a refusal. */
export interface Budget {
  readonly limit: number;
  readonly left: number;
  /** Milliseconds since 1970, by the host's clock. */
  readonly resetsAt: number;
}

type FailureKind =
  /** The host wants to be left alone until then. */
  | 'rate-limited'
  /** This machine has no network. */
  | 'offline'
  /** The host does not answer, or with an error of its own. */
  | 'unavailable'
  /** Nothing there, or nothing that one may see: hosts say the same to both. */
  | 'not-found'
  | 'denied'
  /** It answered with what cannot be read. */
  | 'invalid'
  /** The data were written by a program newer than this page. */
  | 'newer-schema';

export interface Failure {
  readonly kind: FailureKind;
  /** A sentence for people, without its full stop. */
  readonly reason: string;
  /** When asking again makes sense; milliseconds since 1970. */
  readonly until?: number;
  /** Of something that was sent: its answer was lost. Sent again under the same name, it is done once. */
  readonly mayHaveArrived?: true;
}

/** What became of a command. `queued`: it lies in the inbox as that file, and an agent answers it. */
export type Receipt =
  | { readonly state: 'applied'; readonly commit: string | null; readonly id?: string }
  | { readonly state: 'queued'; readonly commit: string | null; readonly path: string }
  | { readonly state: 'refused'; readonly code: string; readonly reason: string };

/** connecting: nothing was heard yet. late: heard, but not for a while. paused: nobody looks at the page. */
export type ConnectionState = 'connecting' | 'live' | 'late' | 'limited' | 'offline' | 'paused' | 'past';

export interface Request {
  /** Milliseconds since 1970, by this machine's clock. */
  readonly at: number;
  readonly what: string;
  readonly ms: number;
  readonly status: number;
  /** How much of the budget it took. */
  readonly cost: number;
}

export interface Connection {
  readonly state: ConnectionState;
  readonly failure: Failure | null;
  readonly source: { readonly kind: SourceKind; readonly address: string; readonly isLocal: boolean } | null;
  readonly commands: 'direct' | 'link' | 'no';
  readonly hasToken: boolean;
  /** Whether anything of the yard may stay in this browser. Once not, never again: what a token opened is here still. */
  readonly mayKeep: boolean;
  readonly budget: Budget | null;
  /** How far the server's clock is ahead of ours; 0 when nobody can tell. */
  readonly skewMs: number;
  /** This and the next: milliseconds since 1970, by this machine's clock. */
  readonly lookedAt: number | null;
  readonly nextLookAt: number | null;
  /** Newest first, at most twenty. */
  readonly requests: readonly Request[];
}

/** What the worker tells without being asked. */
export type Told =
  | {
      readonly kind: 'snapshot';
      /** undefined: what was told before is of another yard. */
      readonly model: ReadModel | undefined;
      readonly isRemembered: boolean;
      readonly rewritten: boolean;
    }
  | { readonly kind: 'connection'; readonly connection: Connection };

/** What the worker is born with. */
export interface Start {
  /** The folder of the page. */
  readonly page: string;
  readonly source: string | null;
  /** Lets the page act where the daemon serves it. */
  readonly key?: string | null;
  /** Names of branches: `state,live,logs`. */
  readonly refs?: string | null;
  /** What the page's own policy lets it connect to. */
  readonly hosts?: readonly string[];
  readonly visible: boolean;
}

export type FromPage =
  /** Told again when somebody comes back to a page that stayed visible. */
  | { readonly kind: 'visible'; readonly visible: boolean }
  | { readonly kind: 'look' }
  /** Somebody has seen that the history was rewritten. */
  | { readonly kind: 'history-seen' }
  | { readonly kind: 'token'; readonly token: string | null }
  | { readonly kind: 'ask'; readonly number: number; readonly name: string; readonly asked: unknown }
  | { readonly kind: 'never-mind'; readonly number: number };

export type FromWorker =
  | Told
  | { readonly kind: 'answer'; readonly number: number; readonly answer: unknown }
  | { readonly kind: 'no-answer'; readonly number: number; readonly failure: Failure };
