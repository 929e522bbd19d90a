/** Commits of a history, newest first, by what they touched and when they were made. */
import type { History, HistoryCommit } from '@gityard/store';

export interface CommitsAsked {
  readonly count: number;
  /** Only those that touched this file, or something in this folder. */
  readonly path?: string | undefined;
  /** Only those made by then. */
  readonly until?: string | undefined;
}

/** As many as the history tells of so far; undefined: it does not hold the commit to begin with. */
export function findCommits(
  history: History,
  start: string,
  { count, path, until }: CommitsAsked,
): HistoryCommit[] | undefined {
  const { commits, isWhole } = history;
  const first = commits.findLastIndex(({ oid }) => oid === start);
  if (first === -1) return undefined;
  const untilMs = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until);
  const found: HistoryCommit[] = [];
  for (let at = first; at >= 0 && found.length < count; at -= 1) {
    const [before, commit] = [commits[at - 1], commits[at]];
    if (!commit || commit.author.atSeconds * 1000 > untilMs) continue;
    // Of the oldest that was read nobody knows what it changed.
    const isKnown = before !== undefined || isWhole;
    if (path === undefined || (isKnown && touches(history, { commit, before }, path))) found.push(commit);
  }
  return found;
}

interface Step {
  readonly commit: HistoryCommit;
  /** undefined: it is the first of all. */
  readonly before: HistoryCommit | undefined;
}

const touches = ({ oidAt }: History, { commit, before }: Step, path: string): boolean =>
  oidAt(commit.oid, path) !== (before && oidAt(before.oid, path));
