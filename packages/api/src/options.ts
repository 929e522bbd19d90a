/** What the API is given: facts to show, pages to serve, where to listen. It learns of Git, yards and builds only through these. */
import type { IncomingMessage, ServerResponse } from 'node:http';
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
  ReadModel,
  Role,
  State,
  Time,
  TokenRecord,
} from '@gityard/domain';
import type { RateLimits } from './access/rates.ts';
import type { TokenReader } from './access/tokens.ts';
import type { TlsFiles } from './tls.ts';

/** Where snapshots come from. A snapshot is a value: whoever hands one over never changes it again. */
export interface SnapshotSource {
  current(): ReadModel | undefined;
  /** Why nothing newer comes, as a sentence without its full stop; null: something does. Without it nobody is told. */
  trouble?(): string | null;
  /** When the yard itself was last looked at, by this machine's clock; undefined: never. Without it nothing grows old. */
  lookedAtMs?(): number | undefined;
  /** Told of each new model, and of the one that is there when trouble begins. Returns the function that ends the subscription. */
  subscribe(listener: (model: ReadModel) => void): () => void;
}

/**
 * The yard's files as a repository seen from outside. A place is `state`, `live` or `logs` as it is now, or a commit (40 hex
 * digits) that the state or the logs lead to; nothing else is ever shown. undefined: there is no such thing there.
 */
export interface RepositoryView {
  /** `bytes` null: too large to be had. */
  file(place: string, path: string): Promise<{ oid: string; bytes: Uint8Array | null } | undefined>;
  blob(oid: string): Promise<Uint8Array | undefined>;
  /** All files below it, in the order of their paths, each from the root; '' is the root. */
  folder(place: string, path: string): Promise<{ commit: string; entries: readonly FileEntry[] } | undefined>;
  /** Newest first, from that place on. */
  commits(place: string, asked: CommitsAsked): Promise<{ from: string; commits: readonly CommitEntry[] } | undefined>;
}

interface FileEntry {
  readonly path: string;
  readonly oid: string;
  readonly sizeBytes: number | null;
}
interface CommitsAsked {
  readonly count: number;
  /** Only those that touched this file, or something in this folder. */
  readonly path?: string | undefined;
  /** Only those made by then. */
  readonly until?: string | undefined;
}
interface CommitEntry {
  readonly commit: string;
  readonly at: string;
  readonly author: string;
  readonly message: string;
}

/** The whole yard as it was last seen, for what the read model has no room for. */
export interface SeenYard {
  readonly state: State;
  /** The commit of the state. */
  readonly head: string;
  /** That of the heartbeats; null: there are none. */
  readonly live: string | null;
  /** By the clock of the yard. */
  readonly now: Time;
}

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

/** Numbers about the yard and this server. */
export interface MetricsSource {
  /** As Prometheus reads it. */
  text(): Promise<{ readonly contentType: string; readonly text: string }>;
  /** Told of each answer but those of streams. */
  answered(answer: Answered): void;
}
export interface Answered {
  readonly method: string;
  /** As the endpoint has it, with the names of its parameters; '' = nothing is there. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

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

interface Patience {
  /** How long a request may take to come: its head, and all of it. */
  readonly headMs: number;
  readonly wholeMs: number;
  /** How long nothing of an answer need be taken. */
  readonly stuckMs: number;
}

export interface ApiOptions {
  readonly source: SnapshotSource;
  /** Folder with the built dashboard. */
  readonly pages: string;
  readonly host?: string;
  /** 0 = any that is free. */
  readonly port?: number;
  /** Asked first for every request that passed the guard, with the body untouched; true = it answers. The embedded Git server comes in here. */
  readonly mount?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Without it only this machine may call. With it others may, under an IP address or one of these names. */
  readonly allowRemote?: {
    readonly hosts: readonly string[];
    /** Although what is said can be read on the way: without TLS, with something else that keeps it secret. */
    readonly unencrypted?: boolean;
  };
  readonly tls?: TlsFiles;
  /** Without it nothing is told of agents and builds; undefined: nothing was seen yet. */
  readonly look?: () => SeenYard | undefined;
  readonly builds?: BuildDesk;
  readonly repository?: RepositoryView;
  /** Without it nobody may give commands. */
  readonly desk?: CommandDesk;
  readonly messages?: MessageDesk;
  /** Whoever knows it may open a session, in which everything may be done. */
  readonly key?: string;
  /** Told what went wrong inside; whoever asked learns only that something did. */
  readonly onFault?: (error: Error) => void;
  /** Of programs; without it none has a good one. */
  readonly tokens?: TokenDesk;
  /** Whether all who reach this server may look; false: only who is known may. Else true. */
  readonly open?: boolean;
  readonly rates?: Partial<RateLimits>;
  readonly patience?: Partial<Patience>;
  /** Without it there are none. */
  readonly metrics?: MetricsSource;
  readonly heartbeatMs?: number;
  readonly maxFollowers?: number;
}

export interface Api {
  readonly url: string;
  /** Streams of events that are open. */
  readonly followers: number;
  close(): Promise<void>;
}
