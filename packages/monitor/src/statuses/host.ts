/** What is asked of a place where commits have statuses. */
import type { CommitStatus } from '@gityard/domain';

/** A status as its host has it. */
export type HostedStatus = Pick<CommitStatus, 'context' | 'state' | 'description' | 'targetUrl'>;

/** A repository of the host. */
export interface Source {
  readonly owner: string;
  readonly repo: string;
}

export interface StatusHost {
  /** undefined: it lies elsewhere, and its host has no token from us. */
  sourceOf(repository: string): Source | undefined;
  /** The newest of each context; null: the host knows no such commit. */
  read(source: Source, commit: string): Promise<readonly HostedStatus[] | null>;
  /** @returns whether the host knows that commit. */
  send(source: Source, commit: string, status: HostedStatus): Promise<boolean>;
}
