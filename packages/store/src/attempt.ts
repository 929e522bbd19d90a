/**
 * One commit that wants to become the head: everything that is sent, and what is answered when it has arrived.
 * Building it changes nothing anywhere, so it may be thrown away at any time, or sent twice.
 */
import assert from 'node:assert';

import { type CommitFields, decodeCommit, encodeCommit, type Person } from './codec/commit.ts';
import { makeObject } from './codec/object.ts';
import type { Oid } from './codec/oid.ts';
import type { PackEntry } from './codec/pack-writer.ts';
import { type OwnSnapshot, rootOf, type Snapshot, snapshotOf } from './snapshot.ts';
import type { Transport } from './transports/transport.ts';
import { type Edit, editTree } from './tree-edit.ts';

/** What one commit shall hold. */
export interface Draft {
  readonly edits: readonly Edit[];
  readonly message: string;
  readonly author: Person;
}

export interface Attempt {
  /** The head that it was decided on; null for the first commit of a ref. */
  readonly base: Oid | null;
  readonly snapshot: OwnSnapshot;
  readonly message: string;
  readonly objects: readonly PackEntry[];
}

/**
 * kept: every commit follows the one before, and whoever sees another is told · none: a commit replaces the one before ·
 * loose: commits follow each other because the remote can do nothing else, but nobody relies on it.
 */
export type HistoryKind = 'kept' | 'loose' | 'none';

export interface AttemptContext {
  readonly base: Snapshot | undefined;
  readonly history: HistoryKind;
  readonly wallMs: number;
  readonly quick: (oid: Oid) => Uint8Array | undefined;
}

export function buildAttempt(draft: Draft, { base, history, wallMs, quick }: AttemptContext): Attempt {
  const { root, objects } = editTree(base && rootOf(base), draft.edits);
  const parents = base && history !== 'none' ? [base.commit] : [];
  const signature = { ...draft.author, atSeconds: wallMs / 1000 };
  const fields = { tree: root.oid, parents, author: signature, committer: signature, message: draft.message };
  const commit = makeObject('commit', encodeCommit(fields));
  // With the base as its parent, a commit can never be pushed over somebody else's work.
  assert(commit.oid !== base?.commit, 'a commit must differ from the one it follows');
  return {
    base: base?.commit ?? null,
    snapshot: snapshotOf({ commit: commit.oid, root, quick }),
    message: decodeCommit(commit.body).message,
    objects: [...objects, commit],
  };
}

/**
 * Under which name the attempt is among these commits. A remote that makes commits itself keeps tree, parent and message
 * (blank lines aside), and the message names a transaction, so nobody else's says the same.
 */
export function nameAmong(
  commits: ReadonlyMap<Oid, CommitFields>,
  { base, snapshot, message }: Attempt,
  { makesCommits = false }: Pick<Transport, 'makesCommits'>,
): Oid | undefined {
  if (commits.has(snapshot.commit)) return snapshot.commit;
  if (!makesCommits) return undefined;
  for (const [oid, it] of commits) {
    const follows = it.parents.join() === (base ?? '');
    if (follows && it.tree === snapshot.tree && linesOf(it.message) === linesOf(message)) return oid;
  }
  return undefined;
}

const linesOf = (message: string): string => message.trimEnd().replace(/\n+/g, '\n');
