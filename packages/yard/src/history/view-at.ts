/** The state at a commit of a history that was read, and at one after the other. */
import type { History, HistoryCommit } from '@gityard/store';
import { type View, viewOf } from '../reading/view.ts';
import { withPastIn } from '../reading/with-past.ts';

/** With the last valid version of each file in force that was broken then. */
export const viewAt = (history: History, commit: string): View =>
  withPastIn(viewOf(history.snapshotOf(commit), undefined), history);

export interface Seen {
  readonly commit: HistoryCommit;
  readonly view: View;
}

/** Oldest first, and only what changed is read at each step. */
export function* viewsOf(history: History, commits: readonly HistoryCommit[]): Generator<Seen> {
  let view: View | undefined;
  for (const commit of commits) {
    view = view ? viewOf(history.snapshotOf(commit.oid), view) : viewAt(history, commit.oid);
    yield { commit, view };
  }
}
