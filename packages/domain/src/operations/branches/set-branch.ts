/** Enters a branch profile, or changes one: what is not said stays as it is. What it remembers of its builds is not for telling. */
import { profileNamed, scheduleKey, withProfile } from '../../branches/profiles.ts';
import { accept, type Decision, refuse } from '../../decision.ts';
import type { BranchProfile, BranchProfiles, BranchSchedule } from '../../entities/branch-profiles.ts';
import type { State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { validate } from '../../validate.ts';

export interface BranchWish extends Partial<Omit<BranchProfile, Memory | 'name' | 'schedules'>> {
  readonly schedules?: readonly Partial<Omit<BranchSchedule, 'lastScheduledAt'>>[] | undefined;
}
type Memory = 'lastCommit' | 'lastCheckedAt' | 'skipped';

export interface SetBranch {
  readonly name: string;
  readonly profile: BranchWish;
  readonly now: Time;
}

export function setBranch(state: State, { name, profile: wish, now }: SetBranch): Decision<BranchProfile> {
  const before = profileNamed(state, name);
  const { schedules, ...said } = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
  const asked = {
    ...before,
    ...said,
    ...(before && isMoved(before, wish) && { lastCommit: null, skipped: null }),
    name,
  };
  const wanted = schedules === undefined ? asked : { ...asked, schedules: begun(wish.schedules, { before, now }) };
  const checked = checkedProfile(state, name, wanted);
  if (!checked.ok) return refuse('INVALID_DATA', checked.reason, [name]);
  const profile = checked.value;
  const keys = profile.schedules.map(scheduleKey);
  const twice = keys.find((it, at) => keys.indexOf(it) !== at);
  if (twice !== undefined) return refuse('INVALID_DATA', `branch ${name} has the schedule ${twice} twice`, [name]);
  if (before && JSON.stringify(sorted(before)) === JSON.stringify(sorted(profile)))
    return accept(profile, [], `branch ${name} is so already`);
  return accept(profile, [withProfile(state, name, profile)], `${before ? 'change' : 'add'} branch ${name}`);
}

/** What was built elsewhere says nothing of the commits here. */
function isMoved(before: BranchProfile, { repository, branch }: BranchWish): boolean {
  return (
    (repository !== undefined && repository !== before.repository) || (branch !== undefined && branch !== before.branch)
  );
}

/** A schedule begins when it is entered: what it would have asked for before that was not missed. */
function begun(
  schedules: BranchWish['schedules'],
  { before, now }: { before: BranchProfile | undefined; now: Time },
): object[] {
  const known = new Map(before?.schedules.map((it) => [scheduleKey(it), it.lastScheduledAt]));
  return (schedules ?? []).map((it) => {
    const key = scheduleKey({ cron: it.cron ?? '', timeZone: it.timeZone ?? 'Etc/UTC' });
    return { ...it, lastScheduledAt: known.get(key) ?? now };
  });
}

function checkedProfile(state: State, name: string, profile: object) {
  const copy = JSON.parse(
    JSON.stringify({ schemaVersion: 1, branches: { ...state.branches.branches, [name]: profile } }),
  );
  const checked = validate('branches', copy);
  if (!checked.ok) return { ok: false, reason: checked.reason.replace(`branches.${name}.`, '') } as const;
  const value = (checked.value as BranchProfiles).branches[name];
  return value ? ({ ok: true, value } as const) : ({ ok: false, reason: `${name} is no name` } as const);
}

const sorted = (profile: object): object =>
  Object.fromEntries(Object.entries(profile).sort(([a], [b]) => (a < b ? -1 : 1)));
