/** All jobs that may have run since a time: those that are in the state, and those that ended since and lie in the archive. */
import type { Job, Time } from '@gityard/domain';
import { archivedJobs, type Yard } from '@gityard/yard';

/** What is in both is as the state has it. */
export function jobsSince(yard: Pick<Yard, 'paths' | 'read' | 'state'>, since: Time): readonly Job[] {
  const archived = archivedJobs(yard, { since, most: Number.POSITIVE_INFINITY });
  return [...new Map([...archived, ...yard.state.jobs].map((it) => [it.id, it])).values()];
}
