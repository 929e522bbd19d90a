/**
 * A second net for what should never have been written: whatever looks like a password or a key is hidden before it is
 * drawn, and the reader is told. It stands in the repository all the same.
 */
import { ownMatches } from '@gityard/yard/secret-rules';

export interface Masked {
  readonly text: string;
  /** What was hidden, each once, as the end of a sentence: `a password`. */
  readonly hidden: readonly string[];
}

const MASK = '••••••••';
/** The scanner of the yard leaves these to a library that no page should load. */
const GITHUB = /\b(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_\w{22,255})/g;

export function masked(text: string): Masked {
  const found = [...ownMatches(text), ...githubTokens(text)].sort((a, b) => a.start - b.start);
  let shown = '';
  let end = 0;
  for (const it of found) {
    // Two rules may see the same thing.
    if (it.end <= end) continue;
    shown += it.start < end ? '' : `${text.slice(end, it.start)}${MASK}`;
    end = it.end;
  }
  return { text: shown + text.slice(end), hidden: [...new Set(found.map((it) => it.says))] };
}

const githubTokens = (text: string) =>
  [...text.matchAll(GITHUB)].map(({ index, 0: token }) => ({
    says: 'a token of GitHub',
    start: index,
    end: index + token.length,
  }));
