/** Commits that a list of moments told of, so that a stop at one of them need not ask when it was made. */
import type { CommitEntry } from '../sources/source.ts';

const MOST_SEEN = 2_000;
const seen = new Map<string, CommitEntry>();

export function noteCommits(commits: readonly CommitEntry[]): void {
  for (const it of commits) seen.set(it.commit, it);
  for (const oldest of [...seen.keys()].slice(0, -MOST_SEEN)) seen.delete(oldest);
}

export const seenCommit = (commit: string): CommitEntry | undefined => seen.get(commit);
