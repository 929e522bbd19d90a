/**
 * What a branch profile remembers of its builds. People write profiles, and may have a commit built again by clearing what is
 * remembered; they do not claim that something was built which nobody was asked to build.
 */
import type { BranchProfile, BranchProfiles } from '../entities/branch-profiles.ts';
import { toMs } from '../time.ts';
import { has, type Step, type Transition } from './rule.ts';

type Both = { readonly name: string; readonly before: BranchProfile; readonly after: BranchProfile };

export function memoryFollowsBuilds({ before, after }: Transition<BranchProfiles>, step: Step): readonly string[] {
  if (!before || !after) return [];
  return Object.entries(after.branches).flatMap(([name, profile]) => {
    const known = Object.hasOwn(before.branches, name) ? before.branches[name] : undefined;
    return known
      ? [
          ...ofCommits({ name, before: known, after: profile }, step),
          ...ofTimes({ name, before: known, after: profile }, step),
        ]
      : [];
  });
}

function ofCommits({ name, before, after }: Both, step: Step): readonly string[] {
  const { lastCommit } = after;
  if (lastCommit === before.lastCommit || lastCommit === null || has(step, 'build-branch')) return [];
  return [`branch ${name} says that ${lastCommit} was judged, and no operation did`];
}

function ofTimes({ name, before, after }: Both, step: Step): readonly string[] {
  const times = new Map(before.schedules.map((it) => [`${it.cron} ${it.timeZone}`, it.lastScheduledAt]));
  return after.schedules.flatMap((schedule) => {
    const [was, is] = [times.get(`${schedule.cron} ${schedule.timeZone}`), schedule.lastScheduledAt];
    if (!was || is === was) return [];
    if (is !== null && has(step, 'schedule-branch', 'set-branch') && toMs(is) >= toMs(was)) return [];
    return [`branch ${name} was scheduled until ${was}, and now says ${is}`];
  });
}
