/** What is read of a predecessor: the versions of its files that may hold something, one after the other. */
import type { Time } from '@gityard/domain';

export interface SourceFile {
  readonly path: string;
  /** null: larger than what is read, or no plain file. */
  readonly bytes: Uint8Array | null;
  /** Why it has no bytes. */
  readonly problem: string | null;
  /** The commit that this version came with; null without a history. */
  readonly commit: string | null;
  /** When that was, or when the file was last written. null: nobody knows. */
  readonly time: Time | null;
  readonly author: string | null;
  /** Of an older version, the commit that replaced it or took it away; null: it is the version of now. */
  readonly replacedBy: string | null;
  /** Its earlier versions come as well. */
  readonly hasOlder: boolean;
}

export interface Source {
  /** For people and for the record; never holds a password. */
  readonly address: string;
  readonly commit: string | null;
  /** How many commits its history has; null: it was not asked for. */
  readonly commits: number | null;
  /** All that is there now, then what was there before, newest first. */
  files(): AsyncIterable<SourceFile>;
  /** Files of now that hold nothing for a yard: scripts, pages and the like. */
  readonly others: number;
  close(): Promise<void>;
}

/** A list of messages that grew for years has some megabytes. */
export const FILE_LIMIT_BYTES = 64_000_000;
export const FILES_LIMIT = 50_000;
