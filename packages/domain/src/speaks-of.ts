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
    (repositories.length === 0 || isOneOfRepositories(repositories, repository)) &&
    (branches.length === 0 || (branch === null ? repository !== null : isOneOf(branches.map(short), short(branch)))) &&
    (labels.length === 0 || job.labels.some((it) => isOneOf(labels, it)))
  );
}

const isOneOf = (patterns: readonly string[], word: string): boolean => patterns.some((it) => globMatches(it, word));

const isOneOfRepositories = (patterns: readonly string[], repository: string | null): boolean =>
  repository === null ? isOneOf(patterns, '') : isOneOf(patterns.map(plainAddress), plainAddress(repository));

/** Agents fetch a branch by its whole name as well. */
const short = (branch: string): string => branch.replace(/^refs\/heads\//, '');
