/**
 * One commit that wants to become the head: everything that is sent, and what is answered when it has arrived.
 * Building it changes nothing anywhere, so it may be thrown away at any time, or sent twice.
 */
import assert from 'node:assert';

import { encodeCommit, type Person } from './codec/commit.ts';
import { makeObject } from './codec/object.ts';
import type { Oid } from './codec/oid.ts';
import type { PackEntry } from './codec/pack-writer.ts';
import { type OwnSnapshot, rootOf, type Snapshot, snapshotOf } from './snapshot.ts';
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
  readonly objects: readonly PackEntry[];
}

export type HistoryKind = 'kept' | 'none';

export interface AttemptContext {
  readonly base: Snapshot | undefined;
  readonly history: HistoryKind;
  readonly wallMs: number;
  readonly quick: (oid: Oid) => Uint8Array | undefined;
}

export function buildAttempt(draft: Draft, { base, history, wallMs, quick }: AttemptContext): Attempt {
  const { root, objects } = editTree(base && rootOf(base), draft.edits);
  const parents = base && history === 'kept' ? [base.commit] : [];
  const signature = { ...draft.author, atSeconds: wallMs / 1000 };
  const fields = { tree: root.oid, parents, author: signature, committer: signature, message: draft.message };
  const commit = makeObject('commit', encodeCommit(fields));
  // With the base as its parent, a commit can never be pushed over somebody else's work.
  assert(commit.oid !== base?.commit, 'a commit must differ from the one it follows');
  return {
    base: base?.commit ?? null,
    snapshot: snapshotOf({ commit: commit.oid, root, quick }),
    objects: [...objects, commit],
  };
}
