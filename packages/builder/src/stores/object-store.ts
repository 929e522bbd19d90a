/**
 * The contract of a place for large files: artifacts of builds and blobs of the cache. Keys are paths with forward slashes.
 * What is put is read back as it was or not at all. Every member passes `object-store.contract.test.ts`.
 */

export interface StoredObject {
  readonly key: string;
  readonly sizeBytes: number;
  /** RFC 3339. */
  readonly storedAt: string;
}

export interface Transfer {
  readonly signal?: AbortSignal;
  /** Bytes so far. */
  onProgress?(bytes: number): void;
}

export interface Fetching extends Transfer {
  /** Of an object that has more, this many are written and one that shows it, and no more are fetched. */
  readonly mostBytes?: number;
}

export interface ObjectStore {
  /** For people: `folder /srv/artifacts`, `s3 builds`, `azure builds`. */
  readonly name: string;
  /** Whole or not at all; goes on where an interrupted one stopped, when the place allows it. The digest is checked on the way. */
  put(
    key: string,
    file: string,
    facts: { readonly sha256: string; readonly contentType: string } & Transfer,
  ): Promise<void>;
  /** False: there is no such object. What lies in the file already is its beginning, and is not fetched again. */
  get(key: string, file: string, fetching?: Fetching): Promise<boolean>;
  head(key: string): Promise<StoredObject | null>;
  list(prefix: string): AsyncIterable<StoredObject>;
  /** What is not there is removed already. */
  remove(key: string): Promise<void>;
  /** Drops what was begun before that time and never ended, where that takes room; how many. */
  dropUnfinished(before: Date): Promise<number>;
  /**
   * A link that works for so long and for this object alone; null where the place gives none. Whoever follows it is told that
   * `Content-Disposition`.
   */
  link(key: string, expiresSeconds: number, disposition?: string): Promise<string | null>;
}
