/**
 * Safety is not all: a yard in which everybody takes everybody's jobs away is safe as well, by its tokens, and gets nothing
 * done. No job may be taken from a holder that lives, builds, and renewed its lease in time.
 */
import { currentAttempt, type State } from '@gityard/domain';
import { keyOf, type Promises } from './promises.ts';
import type { ToldOperation } from './told.ts';

export function needlessTakeOvers(
  before: State | undefined,
  takeOvers: readonly ToldOperation[],
  { builds }: Promises,
): string[] {
  return takeOvers.flatMap(({ job: id }) => {
    const job = id === null ? undefined : before?.jobs.get(id);
    const attempt = job && currentAttempt(job);
    const building = job && attempt && builds.get(keyOf({ job: job.id, token: attempt.token }));
    return building?.isLive() ? [`job ${building.job} was taken from ${building.agent}, which builds it`] : [];
  });
}
