/** A branch profile as every face tells of it: what is set, what was last built, and what was not built and why. */
import { branchOf, newestJobOf } from '../branches/profiles.ts';
import type { BranchProfile } from '../entities/branch-profiles.ts';
import type { Job } from '../entities/job.ts';
import type { State } from '../state.ts';

export interface BranchView extends Omit<BranchProfile, 'branch' | 'lastCheckedAt'> {
  readonly branch: string;
  /** The newest that is still in the state. */
  readonly lastJob: Pick<Job, 'id' | 'status' | 'commit' | 'submittedAt' | 'endedAt'> | null;
}

export function branchView(state: State, profile: BranchProfile): BranchView {
  const { lastCheckedAt: _, ...told } = profile;
  const job = newestJobOf(state, profile.name);
  const lastJob = job && {
    id: job.id,
    status: job.status,
    commit: job.commit,
    submittedAt: job.submittedAt,
    endedAt: job.endedAt,
  };
  return { ...told, branch: branchOf(profile), lastJob: lastJob ?? null };
}
