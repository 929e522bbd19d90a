/** What the API is given: facts to show, pages to serve, where to listen. It learns of Git, yards and builds only through these. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReadModel } from '@gityard/domain';

/** Where snapshots come from. A snapshot is a value: whoever hands one over never changes it again. */
export interface SnapshotSource {
  current(): ReadModel | undefined;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (model: ReadModel) => void): () => void;
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
  readonly allowRemote?: { readonly hosts: readonly string[] };
  /** The lines of a job's log, as they appear; undefined when there is no such job. */
  readonly jobLog?: (jobId: string, signal: AbortSignal) => AsyncIterable<string> | undefined;
  readonly heartbeatMs?: number;
  readonly maxFollowers?: number;
}

export interface Api {
  readonly url: string;
  close(): Promise<void>;
}
