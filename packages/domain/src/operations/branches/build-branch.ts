/**
 * A branch has a new commit: one job for it, or the reason why there is none. What was last judged is noted in the same commit,
 * so of many who look at once one makes the job, and who looked at an older head comes too late.
 */

import { applyChanges } from '../../apply-changes.ts';
import { jobOfProfile, profileNamed, waitingJobsOf, withProfile } from '../../branches/profiles.ts';
import { accept, type Decision, refuse } from '../../decision.ts';
import type { BranchProfile } from '../../entities/branch-profiles.ts';
import type { Job } from '../../entities/job.ts';
import type { Change, State } from '../../state.ts';
import { clipped } from '../../text.ts';
import type { Time } from '../../time.ts';
import { cancelJob } from '../jobs/cancel-job.ts';
import { submitJob } from '../jobs/submit-job.ts';
import { unknownBranch } from './change-branches.ts';

export interface BuildBranch {
  readonly name: string;
  /** What the branch points at now. */
  readonly commit: string;
  /** The `lastCommit` by which it was judged as new. */
  readonly known: string | null;
  /** Why it is not to be built; null: it is. */
  readonly skip: string | null;
  /** For the job. */
  readonly id: string;
  readonly by: string;
  readonly now: Time;
}

export interface BranchBuilt {
  readonly name: string;
  readonly commit: string;
  readonly job: string | null;
  readonly skipped: string | null;
  readonly cancelled: readonly string[];
}

export function buildBranch(state: State, input: BuildBranch): Decision<BranchBuilt> {
  const { name, commit, known, skip } = input;
  const profile = profileNamed(state, name);
  if (!profile) return unknownBranch(name);
  if (profile.lastCommit === commit)
    return accept(nothing(input), [], `commit ${commit.slice(0, 10)} of branch ${name} was seen before`);
  if (!profile.enabled || !profile.autoBuild)
    return refuse('NOTHING_TO_DO', `branch ${name} is not built by itself`, [name]);
  if (profile.lastCommit !== known)
    return refuse('CONFLICT', `branch ${name} was looked at by somebody else meanwhile`, [name]);
  return skip === null ? built(state, profile, input) : passedOver(state, profile, input);
}

const nothing = ({ name, commit }: BuildBranch): BranchBuilt => ({
  name,
  commit,
  job: null,
  skipped: null,
  cancelled: [],
});

function passedOver(state: State, profile: BranchProfile, input: BuildBranch): Decision<BranchBuilt> {
  const { name, commit, now } = input;
  const reason = clipped(input.skip ?? '', 1000);
  const noted = { ...profile, lastCommit: commit, skipped: { commit, reason, at: now } };
  const summary = `skip commit ${commit.slice(0, 10)} of branch ${name}`;
  return accept({ ...nothing(input), skipped: reason }, [withProfile(state, name, noted)], summary);
}

function built(state: State, profile: BranchProfile, input: BuildBranch): Decision<BranchBuilt> {
  const { name, commit, id, by, now } = input;
  const old = profile.supersede ? waitingJobsOf(state, name).filter((it) => it.commit !== commit) : [];
  const cancelled = old.flatMap((it) =>
    changesOf(cancelJob(state, { jobId: it.id, by, reason: superseded(commit), now })),
  );
  const cleared = applyChanges(state, cancelled);
  const job = jobOfProfile(cleared, profile, { what: commit, commit });
  const submitted = submitJob(cleared, { id, job, by, now });
  if (!submitted.ok) return submitted;
  const noted = withProfile(state, name, { ...profile, lastCommit: commit, skipped: null });
  const result = { ...nothing(input), job: submitted.result.id, cancelled: old.map((it) => it.id) };
  const summary = `submit job ${submitted.result.id} for commit ${commit.slice(0, 10)} of branch ${name}`;
  return accept(result, [...cancelled, ...submitted.changes, noted], summary, { job: submitted.result.id });
}

const superseded = (commit: string): string => `superseded by commit ${commit.slice(0, 10)}`;
const changesOf = (decision: Decision<Job>): readonly Change[] => (decision.ok ? decision.changes : []);
