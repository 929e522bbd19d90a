/** The file of the branch profiles begun, a profile switched on or off, or struck off. */
import { profileNamed, withProfile } from '../../branches/profiles.ts';
import { accept, type Decision, type Refused, refuse } from '../../decision.ts';
import type { BranchProfile, BranchProfiles } from '../../entities/branch-profiles.ts';
import type { State } from '../../state.ts';
import type { Time } from '../../time.ts';

export interface InitBranches {
  /** Whether the file is there, which an empty state does not tell. */
  readonly isThere: boolean;
  readonly now: Time;
}

export function initBranches({ branches }: State, { isThere }: InitBranches): Decision<BranchProfiles> {
  if (isThere || Object.keys(branches.branches).length > 0)
    return refuse('NOTHING_TO_DO', 'the branch profiles are there already');
  return accept(branches, [{ kind: 'branches', id: 'branches', value: branches }], 'begin the branch profiles');
}

export interface ToggleBranch {
  readonly name: string;
  readonly enabled: boolean;
  readonly now: Time;
}

export function toggleBranch(state: State, { name, enabled }: ToggleBranch): Decision<BranchProfile> {
  const profile = profileNamed(state, name);
  if (!profile) return unknownBranch(name);
  const words = enabled ? 'enable' : 'disable';
  if (profile.enabled === enabled) return accept(profile, [], `branch ${name} is ${words}d already`);
  const changed = { ...profile, enabled };
  return accept(changed, [withProfile(state, name, changed)], `${words} branch ${name}`);
}

export interface RemoveBranch {
  readonly name: string;
  readonly now: Time;
}

/** Its jobs stay: they are asked for. */
export function removeBranch(state: State, { name }: RemoveBranch): Decision<BranchProfile> {
  const profile = profileNamed(state, name);
  if (!profile) return unknownBranch(name);
  return accept(profile, [withProfile(state, name, null)], `remove branch ${name}`);
}

export const unknownBranch = (name: string): Refused =>
  refuse('NOT_FOUND', `there is no branch profile ${name}`, [name]);
