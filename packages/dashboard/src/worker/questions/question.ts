/**
 * What a page may ask beyond the snapshot: a function of what was asked and of what can be read, run in the worker. It
 * sees files through `Reading`, which keeps, verifies and counts; it never sees a source, a token or the network.
 */
import type { ReadModel } from '@gityard/domain';
import type { Receipt } from '../protocol.ts';
import type {
  CommitEntry,
  CommitsWanted,
  FoundFile,
  NamedWish,
  Place,
  TreeEntry,
  WishLink,
} from '../sources/source.ts';

export interface Reading {
  /** The newest snapshot; undefined before the first. */
  readonly model: ReadModel | undefined;
  /** What was known before the history was rewritten; null: nobody rewrote it, or somebody has seen it. */
  readonly overwritten: ReadModel | null;
  /** The time by the server's clock, milliseconds since 1970. */
  now(): number;
  /** undefined: no such file. Throws SourceFailure. */
  file(place: Place, path: string): Promise<FoundFile | undefined>;
  /** Kept once read, and proven to be what its name says; cheaper where its place is told. Throws SourceFailure. */
  blob(oid: string, where?: { readonly commit: string; readonly path: string }): Promise<Uint8Array>;
  /** Many, in their order and in as few requests as the source can; `place` is where they are. Throws SourceFailure. */
  blobs<E extends Named>(entries: readonly E[], place: Place): Promise<readonly (E & { readonly bytes: Uint8Array })[]>;
  /** How many requests these blobs would take of how many that are left; null: files cost nothing here. */
  costOf(entries: readonly Named[]): Promise<Cost | null>;
  tree(place: Place, folder: string): Promise<readonly TreeEntry[]>;
  commits(from: Place, wanted: CommitsWanted): Promise<readonly CommitEntry[]>;
  send(wish: NamedWish): Promise<Receipt>;
  linkFor(wish: NamedWish): WishLink | null;
  linkTo(thing: { readonly commit: string; readonly path?: string }): string | null;
  readonly signal: AbortSignal;
}

export type Named = Pick<TreeEntry, 'path' | 'oid'>;

export interface Cost {
  readonly requests: number;
  readonly left: number;
}

export type Question<Asked, Answer> = (reading: Reading, asked: Asked) => Promise<Answer>;
