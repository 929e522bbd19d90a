/** What somebody outside sees of a yard's repository: values, in words that need no knowledge of Git's objects. */

/** `state`, `live` or `logs` as it is now, or a commit (40 hex digits) of the state or the logs. */
export type PlaceWord = string;

export interface SeenFile {
  readonly oid: string;
  /** null: it was too large to be fetched. */
  readonly bytes: Uint8Array | null;
}

export interface SeenFolder {
  readonly commit: string;
  /** In the order of their paths, each from the root. */
  readonly entries: readonly { readonly path: string; readonly oid: string; readonly sizeBytes: number | null }[];
}

export interface SeenCommit {
  readonly commit: string;
  readonly at: string;
  readonly author: string;
  readonly message: string;
}

export interface SeenCommits {
  /** The commit from which on they were looked for. */
  readonly from: string;
  readonly commits: readonly SeenCommit[];
}

export interface CommitsAsked {
  readonly count: number;
  /** Only those that touched this file, or something in this folder. */
  readonly path?: string | undefined;
  /** Only those made by then. */
  readonly until?: string | undefined;
}

/** undefined: there is no such thing. All throw StoreError. */
export interface RepositoryView {
  file(place: PlaceWord, path: string): Promise<SeenFile | undefined>;
  blob(oid: string): Promise<Uint8Array | undefined>;
  /** All files below; '' is the root. */
  folder(place: PlaceWord, path: string): Promise<SeenFolder | undefined>;
  /** Newest first, from that commit on. */
  commits(from: PlaceWord, asked: CommitsAsked): Promise<SeenCommits | undefined>;
}
