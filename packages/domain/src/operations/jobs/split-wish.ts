/** What splits a job: the parts that it is to become, and what was found out about it before. */
import type { Stage } from '../../entities/attempt.ts';
import type { Job, Toolchain } from '../../entities/job.ts';
import type { Part, Split } from '../../entities/split.ts';
import type { Time } from '../../time.ts';
import type { Holder } from './held-job.ts';

/** Each after those that it needs. */
export interface Child {
  readonly id: string;
  readonly part: Part;
  /** Ids of children before it. */
  readonly needs: readonly string[];
  /** The only agent that may run it; null: any. */
  readonly assignedTo: string | null;
}

export interface SplitJob extends Holder, Omit<Split, 'at' | 'children' | 'failure'> {
  readonly children: readonly Child[];
  /** What was really checked out. */
  readonly commit: string | null;
  readonly branch: string | null;
  readonly toolchain: Toolchain | null;
  /** What an agent must have beside what the job asks for, such as the cache by which outputs travel. */
  readonly requires: readonly string[];
  readonly stages: readonly Stage[];
  readonly now: Time;
}

/** So that all parts build the same. What is signed stays as it was signed. */
export const resolved = (
  job: Job,
  { commit, branch }: Pick<SplitJob, 'commit' | 'branch'>,
): Pick<Job, 'commit' | 'branch'> =>
  job.signature === null
    ? { commit: commit ?? job.commit, branch: branch ?? job.branch }
    : { commit: job.commit, branch: job.branch };
