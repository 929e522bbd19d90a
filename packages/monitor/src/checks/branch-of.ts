/** What people call a line of builds: many repositories of one yard have a `main`. */
import { type Job, projectOf } from '@gityard/domain';

export const branchOf = (branch: string, { repository }: Pick<Job, 'repository'>): string =>
  `branch ${branch}${repository === null ? '' : ` of ${projectOf(repository)}`}`;
