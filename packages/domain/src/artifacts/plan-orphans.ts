/**
 * Which builds in an artifact store nobody knows: neither a job nor a manifest has their name, and they lie there long enough
 * that none can be on its way. Deletes nothing itself.
 */
import type { State } from '../state.ts';
import { after, isBefore, type Time } from '../time.ts';
import type { Removal, StoredBuild } from './plan-cleanup.ts';

/** An upload comes before the result that tells of it, and a result may wait for its remote. */
const YOUNG_MS = 24 * 3_600_000;

export type Orphan = Removal;

/** @param isArchived whether the archive knows a job or a manifest of that name; asked only for what the state does not know */
export function planOrphans(
  state: State,
  stored: readonly StoredBuild[],
  { isArchived, now }: { isArchived: (job: string) => boolean; now: Time },
): readonly Orphan[] {
  return stored
    .filter(({ job, storedAt }) => {
      const isYoung = !isBefore(after(storedAt, YOUNG_MS), now);
      return !isYoung && !state.jobs.get(job) && !state.manifests.get(job) && !isArchived(job);
    })
    .map(({ job, token, files }) => ({
      job,
      token,
      paths: files.map(({ path }) => path),
      sizeBytes: files.reduce((sum, it) => sum + it.sizeBytes, 0),
      reason: 'the yard knows neither its job nor its manifest',
    }));
}
