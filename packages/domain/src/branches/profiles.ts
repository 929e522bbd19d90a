/**
 * What follows from a profile: the branch it stands for, the job that builds it, and which jobs are its own. A job is known by
 * its key, so that the same commit, or the same time of a schedule, is the same wish however many ask for it.
 */
import type { BranchProfile, BranchProfiles, BranchSchedule } from '../entities/branch-profiles.ts';
import { isFinished, type Job } from '../entities/job.ts';
import type { JobRequest } from '../operations/jobs/submit-job.ts';
import { boardOf } from '../scheduling/board.ts';
import type { State } from '../state.ts';

/** By their keys, whatever a person wrote into `name`: most urgent first. */
export function profilesOf({ branches }: Pick<State, 'branches'>): readonly BranchProfile[] {
  const all = Object.entries(branches.branches).map(([name, profile]) => ({ ...profile, name }));
  return all.sort((a, b) => a.priority - b.priority || (a.name < b.name ? -1 : 1));
}

export function profileNamed({ branches }: Pick<State, 'branches'>, name: string): BranchProfile | undefined {
  const profile = Object.hasOwn(branches.branches, name) ? branches.branches[name] : undefined;
  return profile && { ...profile, name };
}

export const branchOf = ({ branch, name }: Pick<BranchProfile, 'branch' | 'name'>): string => branch ?? name;

/** Two schedules of a profile that say the same are one. */
export const scheduleKey = ({ cron, timeZone }: Pick<BranchSchedule, 'cron' | 'timeZone'>): string =>
  `${cron} ${timeZone}`;

const keyPrefix = (name: string): string => `branch ${name}@`;

export interface Occasion {
  /** The commit, the time of the schedule, or "head": what makes this wish another one than the last. */
  readonly what: string;
  readonly commit?: string | null;
  readonly schedule?: BranchSchedule;
  /** Jobs made by the same operation. */
  readonly siblings?: ReadonlyMap<string, string>;
}

export function jobOfProfile(state: State, profile: BranchProfile, occasion: Occasion): JobRequest {
  const { what, commit = null, schedule, siblings } = occasion;
  const { repository, priority, toolchain, command, labels, requires, group, timeoutSeconds, retries } = profile;
  return {
    repository,
    branch: branchOf(profile),
    commit,
    priority,
    toolchain,
    strategy: schedule?.strategy ?? profile.strategy,
    command,
    parameters: { ...profile.parameters, ...schedule?.parameters },
    labels,
    requires,
    needs: profile.needs.flatMap((it) => siblings?.get(it) ?? newestOpenJob(state, it)?.id ?? []),
    group,
    key: `${keyPrefix(profile.name)}${what}`,
    timeoutSeconds,
    retries,
  };
}

export function waitingJobsOf(state: State, name: string): readonly Job[] {
  return boardOf(state).queued.filter((it) => it.key?.startsWith(keyPrefix(name)));
}

export function newestJobOf(state: State, name: string): Job | undefined {
  return newest([...state.jobs].filter((it) => it.key?.startsWith(keyPrefix(name))));
}

function newestOpenJob(state: State, name: string): Job | undefined {
  return newest([...state.jobs].filter((it) => it.key?.startsWith(keyPrefix(name)) && !isFinished(it)));
}

const newest = (jobs: readonly Job[]): Job | undefined =>
  jobs.reduce<Job | undefined>((last, job) => (last && last.submittedAt >= job.submittedAt ? last : job), undefined);

/** The file with one profile put in its place, or taken away. */
export function withProfile({ branches }: Pick<State, 'branches'>, name: string, profile: BranchProfile | null) {
  const { [name]: _before, ...others } = branches.branches;
  const value: BranchProfiles = { ...branches, branches: profile ? { ...others, [name]: profile } : others };
  return { kind: 'branches', id: 'branches', value } as const;
}
