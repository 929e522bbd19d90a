/**
 * A problem matcher in the words of GitHub's format: regular expressions by which lines of output become findings at a
 * place. Those that every build has, and those that a recipe brings, are data of this shape.
 */
export interface MatcherPattern {
  readonly regexp: string;
  /** Numbers of groups of the expression. */
  readonly file?: number;
  readonly line?: number;
  readonly column?: number;
  readonly severity?: number;
  readonly code?: number;
  readonly message?: number;
  /** The last expression of several: again for every line that follows and fits. */
  readonly loop?: boolean;
}

export interface ProblemMatcher {
  readonly owner: string;
  /** Where no group says it; left out: an error. */
  readonly severity?: 'error' | 'warning' | 'notice';
  /** Several are for lines that follow each other. */
  readonly pattern: readonly MatcherPattern[];
}
