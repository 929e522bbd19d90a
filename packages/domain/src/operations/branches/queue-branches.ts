/** One job for each branch that is enabled, most urgent first, in one commit. A branch that has such a job waiting keeps it. */

import { applyChanges } from '../../apply-changes.ts';
import { jobOfProfile, profilesOf } from '../../branches/profiles.ts';
import { accept, type Decision, refuse } from '../../decision.ts';
import type { BranchProfile } from '../../entities/branch-profiles.ts';
import type { Change, State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { submitJob } from '../jobs/submit-job.ts';

export interface QueueBranches {
  /** For the jobs: at least as many as there are profiles. */
  readonly ids: readonly string[];
  readonly by: string;
  readonly now: Time;
}

export interface QueuedBranch {
  readonly name: string;
  readonly job: string;
  readonly priority: number;
  /** False: it waited there already. */
  readonly isNew: boolean;
}

export function queueBranches(before: State, { ids, by, now }: QueueBranches): Decision<readonly QueuedBranch[]> {
  const enabled = profilesOf(before).filter((it) => it.enabled);
  if (enabled.length === 0) return refuse('NOTHING_TO_DO', 'no branch is enabled');
  if (ids.length < enabled.length) return refuse('CONFLICT', 'there are more branches than a moment ago');

  const changes: Change[] = [];
  const siblings = new Map<string, string>();
  let state = before;
  for (const profile of neededFirst(enabled)) {
    const id = ids[siblings.size] ?? '';
    const job = jobOfProfile(state, profile, { what: 'head', siblings });
    const submitted = submitJob(state, { id, job, by, now });
    if (!submitted.ok) return refuse(submitted.code, `branch ${profile.name}: ${submitted.reason}`, submitted.refs);
    siblings.set(profile.name, submitted.result.id);
    changes.push(...submitted.changes);
    state = applyChanges(state, submitted.changes);
  }
  const queued = enabled.map(({ name, priority }) => {
    const job = siblings.get(name) ?? '';
    return { name, job, priority, isNew: !before.jobs.has(job) };
  });
  const added = queued.filter((it) => it.isNew).length;
  return accept(queued, changes, added === 0 ? 'all branches are queued already' : `submit ${added} jobs of branches`);
}

/** In their order, but those that others need before them; who needs each other goes on as listed. */
function neededFirst(profiles: readonly BranchProfile[]): readonly BranchProfile[] {
  const byName = new Map(profiles.map((it) => [it.name, it]));
  const ordered = new Set<BranchProfile>();
  const entered = new Set<BranchProfile>();
  const put = (profile: BranchProfile | undefined): void => {
    if (!profile || entered.has(profile)) return;
    entered.add(profile);
    for (const need of profile.needs) put(byName.get(need));
    ordered.add(profile);
  };
  for (const profile of profiles) put(profile);
  return [...ordered];
}
