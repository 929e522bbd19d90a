/**
 * The first commit at which something is so. Halving needs few looks and believes that what became so stayed so; who cannot
 * believe that looks at every commit.
 */
import type { State, Time } from '@gityard/domain';
import type { HistoryCommit } from '@gityard/store';
import type { Yard } from '../yard.ts';
import { readHeads } from './heads.ts';
import { timeOf } from './moment.ts';
import { viewAt, viewsOf } from './view-at.ts';

export interface Bisect {
  readonly isSo: (state: State, now: Time) => boolean;
  readonly way: 'halving' | 'linear';
}

export interface Bisected {
  /** null: it is not so at the newest commit, or with `linear` never was. */
  readonly commit: string | null;
  readonly at: Time | null;
  readonly subject: string | null;
  readonly author: string | null;
  /** The last commit at which it was not so; null when it was so at the first that is known. */
  readonly before: string | null;
  /** Commits of the history, and how many of them were looked at. */
  readonly commits: number;
  readonly looked: number;
}

/** Fetches the whole history. Throws StoreError, and whatever `isSo` throws. */
export async function bisect(yard: Pick<Yard, 'transport' | 'refs'>, { isSo, way }: Bisect): Promise<Bisected> {
  const history = await readHeads(yard.transport, yard.refs.state);
  const { commits } = history;
  let looked = 0;
  const judge = (state: State, commit: HistoryCommit): boolean => {
    looked++;
    return isSo(state, timeOf(commit));
  };
  if (way === 'halving') {
    const isSoAt = (commit: HistoryCommit) => judge(viewAt(history, commit.oid).state, commit);
    const at = firstByHalving(commits, isSoAt);
    return found(commits, { at, looked });
  }
  for (const { commit, view } of viewsOf(history, commits))
    if (judge(view.state, commit)) return found(commits, { at: looked - 1, looked });
  return found(commits, { at: -1, looked });
}

function firstByHalving(commits: readonly HistoryCommit[], isSoAt: (commit: HistoryCommit) => boolean): number {
  const newest = commits.at(-1);
  if (!newest || !isSoAt(newest)) return -1;
  let [low, high] = [0, commits.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    const commit = commits[middle];
    if (commit && isSoAt(commit)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function found(commits: readonly HistoryCommit[], { at, looked }: { at: number; looked: number }): Bisected {
  const commit = at < 0 ? undefined : commits[at];
  return {
    commit: commit?.oid ?? null,
    at: commit ? timeOf(commit) : null,
    subject: commit?.message.split('\n')[0] ?? null,
    author: commit?.author.name ?? null,
    before: at > 0 ? (commits[at - 1]?.oid ?? null) : null,
    commits: commits.length,
    looked,
  };
}
