/** A yard as it was: whoever only looks may use it as the yard of now. It does not change, and nobody changes it. */
import assert from 'node:assert/strict';
import { type Time, withPresenceThen } from '@gityard/domain';
import type { History } from '@gityard/store';
import type { View } from '../reading/view.ts';
import { lacksPast } from '../reading/with-past.ts';
import type { Yard } from '../yard.ts';
import { readHeads } from './heads.ts';
import { type Moment, timeOf } from './moment.ts';
import { viewAt } from './view-at.ts';

export interface PastYard extends Yard {
  /** When its newest commit was made; `now()` is the time that was asked for. */
  readonly committedAt: Time;
}

/** Heartbeats are in no history: only of whom something was noted it is known who was fresh or silent. Throws StoreError. */
export async function yardAt(yard: Yard, { history, commits, now }: Moment): Promise<PastYard> {
  const [commit, ...others] = commits;
  assert(commit && others.length === 0, 'one moment is meant');
  const { state: read, snapshot } = await wholeViewAt(yard, { history, commit: commit.oid });
  const state = withPresenceThen(read, now);
  const over = (): never => {
    throw new Error('the past does not change');
  };
  return {
    ...yard,
    state,
    head: commit.oid,
    snapshot,
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

/** What was valid before a file broke may lie further back than the moment was looked for. */
async function wholeViewAt(
  yard: Pick<Yard, 'transport' | 'refs'>,
  { history, commit }: { readonly history: History; readonly commit: string },
): Promise<View> {
  const view = viewAt(history, commit);
  if (history.isWhole || !lacksPast(view)) return view;
  return viewAt(await readHeads(yard.transport, yard.refs.state), commit);
}
