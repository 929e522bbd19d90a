/** What the API is given: facts to show, pages to serve, where to listen. It learns of Git, yards and builds only through these. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReadModel, State, Time } from '@gityard/domain';
import type { RateLimits } from './access/rates.ts';
import type { BuildDesk, CommandDesk, MessageDesk, TokenDesk } from './desks.ts';
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
