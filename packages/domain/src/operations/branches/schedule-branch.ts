/**
 * The time of a schedule has come: one job, and the time is noted in the same commit. So each time of a schedule has its job
 * once, however many agents see that it has come.
 */
import { dueTime } from '../../branches/due-time.ts';
import { hashOf } from '../../branches/hash-of.ts';
import { jobOfProfile, profileNamed, scheduleKey, withProfile } from '../../branches/profiles.ts';
import { accept, type Decision, refuse } from '../../decision.ts';
import type { Job } from '../../entities/job.ts';
import type { State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { submitJob } from '../jobs/submit-job.ts';
import { unknownBranch } from './change-branches.ts';

export interface ScheduleBranch {
  readonly name: string;
  /** Of the schedule, as `scheduleKey` names it. */
  readonly schedule: string;
  /** The last times of the schedule, as somebody worked them out who can read it. */
  readonly times: readonly Time[];
  /** For the job. */
  readonly id: string;
  readonly by: string;
  readonly now: Time;
}

export interface BranchScheduled {
  readonly name: string;
  readonly scheduledAt: Time;
  readonly job: Job;
}

export function scheduleBranch(state: State, input: ScheduleBranch): Decision<BranchScheduled> {
  const { name, times, id, by, now } = input;
  const profile = profileNamed(state, name);
  if (!profile) return unknownBranch(name);
  const schedule = profile.schedules.find((it) => scheduleKey(it) === input.schedule);
  if (!schedule) return refuse('NOT_FOUND', `branch ${name} has no schedule ${input.schedule}`, [name]);
  const scheduledAt = profile.enabled ? dueTime({ name, schedule, times, now }) : undefined;
  if (scheduledAt === undefined) return refuse('NOTHING_TO_DO', `no time of branch ${name} has come`, [name]);

  const what = `${scheduledAt} ${hashOf(input.schedule).toString(36)}`;
  const job = jobOfProfile(state, profile, { what, schedule });
  const submitted = submitJob(state, { id, job, by, now });
  if (!submitted.ok) return submitted;
  const schedules = profile.schedules.map((it) => (it === schedule ? { ...it, lastScheduledAt: scheduledAt } : it));
  const summary = `submit job ${submitted.result.id} for branch ${name}, scheduled for ${scheduledAt}`;
  const changes = [...submitted.changes, withProfile(state, name, { ...profile, schedules })];
  return accept({ name, scheduledAt, job: submitted.result }, changes, summary, { job: submitted.result.id });
}
