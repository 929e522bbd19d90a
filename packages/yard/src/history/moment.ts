/**
 * A moment of the past, as people name one: a time, a commit, so many commits ago. Looks at the newest commits first and
 * fetches more only when they do not reach back far enough; what was kept of before a cut belongs to it.
 */
import { type Time, toMs, toTime } from '@gityard/domain';
import type { History, HistoryCommit } from '@gityard/store';
import { operationsIn } from '../writing/commit-message.ts';
import type { Yard } from '../yard.ts';
import { readHeads } from './heads.ts';

export type When = { readonly time: Time } | { readonly commit: string } | { readonly back: number };

export interface Moment {
  readonly history: History;
  /** Those that are meant: none when the history does not hold it, several when a short name means more than one. */
  readonly commits: readonly HistoryCommit[];
  /** The time that was named, or else that of the commit. */
  readonly now: Time;
}

/** Commits asked for at a time; at last all of them. */
const DEPTHS = [50, 2000, undefined] as const;

/** Throws StoreError. */
export async function momentOf(yard: Pick<Yard, 'transport' | 'refs'>, when: When): Promise<Moment> {
  for (const depth of DEPTHS) {
    const history = await readHeads(yard.transport, yard.refs.state, { depth });
    const commits = meantBy(when, history.commits);
    if (commits.length === 0 && !history.isWhole) continue;
    const [commit] = commits;
    return { history, commits, now: commit === undefined ? toTime(0) : instantOf(when, commit) };
  }
  throw new Error('the whole history is whole');
}

export const timeOf = ({ author }: HistoryCommit): Time => toTime(author.atSeconds * 1000);

const instantOf = (when: When, commit: HistoryCommit): Time => ('time' in when ? when.time : timeOf(commit));

/** None when they do not hold it, several when a short name means more than one. */
export function meantBy(when: When, commits: readonly HistoryCommit[]): HistoryCommit[] {
  if ('commit' in when) return commits.filter(({ oid }) => oid.startsWith(when.commit.toLowerCase()));
  if ('back' in when) return commits.slice(-1 - when.back).slice(0, Number(when.back < commits.length));
  const known = knownAt(commits);
  const at = known.findLastIndex((ms) => ms <= toMs(when.time));
  return commits.slice(at, at + 1);
}

/** A person's clock may say anything: what was made by hand is no older than the operation before it. */
export function knownAt(commits: readonly HistoryCommit[]): number[] {
  let lastMs = Number.NEGATIVE_INFINITY;
  return commits.map(({ author, message }) => {
    const ownMs = author.atSeconds * 1000;
    if (operationsIn(message).length > 0) lastMs = ownMs;
    return Math.max(ownMs, lastMs);
  });
}
