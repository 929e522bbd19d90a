/** A yard as it was: whoever only looks may use it as the yard of now. It does not change, and nobody changes it. */
import assert from 'node:assert/strict';
import type { Time } from '@gityard/domain';
import type { Yard } from '../yard.ts';
import { type Moment, timeOf } from './moment.ts';
import { viewAt } from './view-at.ts';

export interface PastYard extends Yard {
  /** When its newest commit was made; `now()` is the time that was asked for. */
  readonly committedAt: Time;
}

/** Heartbeats are in no history: at that time nobody is known to be fresh or silent. */
export function yardAt(yard: Yard, { history, commits, now }: Moment): PastYard {
  const [commit, ...others] = commits;
  assert(commit && others.length === 0, 'one moment is meant');
  const { state, snapshot } = viewAt(history, commit.oid);
  const over = (): never => {
    throw new Error('the past does not change');
  };
  return {
    ...yard,
    state,
    head: commit.oid,
    committedAt: timeOf(commit),
    now: () => now,
    read: (path) => {
      const entry = snapshot.entry(path);
      return entry && snapshot.read(entry.oid);
    },
    paths: (prefix) => Array.from(snapshot.list(prefix), (it) => it.path),
    refresh: async () => state,
    perform: over,
    performFor: over,
    foretell: over,
    suppose: over,
    onChange: () => () => undefined,
    close: async () => undefined,
  };
}
