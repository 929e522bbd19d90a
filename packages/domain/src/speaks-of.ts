/** Which jobs a setting of people speaks of: by what they build, and by what they ask of agents. */
import type { Job } from './entities/job.ts';
import { globMatches } from './glob.ts';
import { plainAddress } from './repository-address.ts';

/** `*` stands for anything. A list without patterns speaks of all. */
export interface Patterns {
  readonly repositories: readonly string[];
  readonly branches: readonly string[];
  readonly labels: readonly string[];
}

/** A job that leaves open which branch it is of may turn out to be of any. */
export function speaksOf(
  { repositories, branches, labels }: Patterns,
  job: Pick<Job, 'repository' | 'branch' | 'labels'>,
): boolean {
  const { repository, branch } = job;
  return (
    (repositories.length === 0 ||
      isOneOf(repositories, repository ?? '', repository === null ? asItIs : plainAddress)) &&
    (branches.length === 0 || (branch === null ? repository !== null : isOneOf(branches, branch, shortName))) &&
    (labels.length === 0 || job.labels.some((it) => isOneOf(labels, it, asItIs)))
  );
}

/** Of a word and a pattern alike only that counts in which they may differ. */
const isOneOf = (patterns: readonly string[], word: string, inShort: (word: string) => string): boolean =>
  patterns.some((it) => globMatches(inShort(it), inShort(word)));

const asItIs = (word: string): string => word;
/** Agents fetch a branch by its whole name as well. */
const shortName = (branch: string): string => branch.replace(/^refs\/heads\//, '');
