/** The desks to which the API brings what it is asked for: they alone change a yard, or know where builds and their logs are. */
import type { Readable } from 'node:stream';
import type {
  ArchivedDay,
  Artifact,
  CommandWish,
  Found,
  Job,
  JobRequest,
  JobWish,
  Manifest,
  Message,
  Role,
  TokenRecord,
} from '@gityard/domain';
import type { TokenReader } from './access/tokens.ts';

/** Takes commands of a person. */
export interface CommandDesk {
  /** Nothing is done yet. What it returns does it, once, however often it is called after it has failed. */
  prepare(wish: JobWish | CommandWish, by: Commander, receipt?: Receipt): () => Promise<CommandOutcome>;
}
/** Under it the same is done once, whichever server of the yard is asked, and whenever. */
interface Receipt {
  /** Of the caller and their key. */
  readonly id: string;
  /** A digest of what is asked for. */
  readonly of: string;
}
export interface Commander {
  readonly name: string;
  /** Whose jobs alone they may change; none: all. */
  readonly namespaces: readonly string[];
}
export type CommandOutcome =
  | { readonly state: 'applied'; readonly commit: string | null; readonly id?: string }
  | { readonly state: 'refused'; readonly code: string; readonly reason: string }
  /** The world is in the way; it may be tried again. */
  | { readonly state: 'failed'; readonly code: string; readonly reason: string };

/** Sends what somebody tells others. */
export interface MessageDesk {
  send(message: SentMessage): Promise<SendOutcome>;
}
export type SentMessage = Pick<Message, 'from' | 'to' | 'subject' | 'body' | 'type' | 'priority' | 'replyTo'> & {
  /** Under it the same is sent once. */
  readonly key?: string;
};
export type SendOutcome =
  | { readonly state: 'sent'; readonly id: string }
  | { readonly state: 'refused'; readonly code: string; readonly reason: string }
  | { readonly state: 'failed'; readonly code: string; readonly reason: string };

/** Gives tokens to programs and takes them back. */
export interface TokenDesk extends TokenReader {
  list(): readonly TokenRecord[];
  issue(wish: TokenWish, by: string): Promise<Desked<IssuedToken>>;
  revoke(id: string, by: string): Promise<Desked<TokenRecord>>;
}
interface TokenWish {
  /** Asked for again, it is the same token. */
  readonly id?: string | undefined;
  readonly subject: string;
  readonly role: Role;
  readonly namespaces: readonly string[];
  readonly lastsSeconds: number;
}
interface IssuedToken {
  readonly token: string;
  readonly record: TokenRecord;
}
type Desked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly reason: string };

/** Builds as programs ask for them and see them. */
export interface BuildDesk {
  /** By its id or the beginning of it that no other has; also in the archive. */
  find(id: string): Found<Job>;
  /** Those in the archive. */
  archived(): Iterable<ArchivedDay>;
  /** What that job made; also in the archive. */
  manifest(jobId: string): Manifest | undefined;
  /** The same id with the same content is the same build. */
  submit(asked: SubmitBuild): Promise<SubmitOutcome>;
  /** The newest log of the job, and what is added to it until the job has ended, if it is followed. */
  log(jobId: string, reading: ReadLog): AsyncIterable<LogPiece>;
  /** undefined: no place that this server knows has it. */
  open(manifest: Manifest, artifact: Artifact): Promise<ArtifactBytes | undefined>;
  /** What addresses of artifacts are signed with: the same after a restart. */
  linkKey(): Promise<Uint8Array>;
}

interface SubmitBuild {
  readonly id: string;
  readonly job: JobRequest;
  readonly by: Commander;
}
export type SubmitOutcome =
  | { readonly state: 'queued'; readonly job: Job }
  | { readonly state: 'refused'; readonly code: string; readonly reason: string }
  | { readonly state: 'failed'; readonly code: string; readonly reason: string };

export interface ReadLog {
  readonly follow: boolean;
  /** Whether the colours of the build stay; nothing else of what a terminal would obey ever does. */
  readonly colours?: boolean;
  readonly signal: AbortSignal;
}
export interface LogPiece {
  /** Another try of the job has another log. */
  readonly log: string;
  /** Number of the first of these lines in the whole log, from 1. */
  readonly first: number;
  /** Each as `[2026-01-31 12:00:00] LEVEL: text`. */
  readonly lines: readonly string[];
}

export type ArtifactBytes =
  /** Whoever has this address gets them there. */
  | { readonly redirect: string }
  | {
      readonly sizeBytes: number;
      /** From one byte to another, both included. Closes itself at its end. */
      read(from: number, to: number): Readable;
      close(): Promise<void>;
    };
