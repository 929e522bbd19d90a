/** Frees this machine's own disk of artifacts that are old and that nobody needs (R66). Manifests stay: they are the yard's. */
import { removeOldHomes, removeStored, storedBuilds, storeIn } from '@gityard/builder';
import { ALL_TYPES, DAY_MS, planCleanup } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import { buildFolder } from '../home/build-folder.ts';

/** A repository that nobody has built for so long begins with a new home. */
const HOME_DAYS = 14;

export async function cleanUpArtifacts({ yard, options }: AgentContext, signal: AbortSignal): Promise<string | null> {
  const { artifactBuilds: keep, artifactDays } = yard.state.yard.retention;
  if (keep === 0) return null;
  await removeOldHomes(buildFolder(options.home), new Date(Date.now() - HOME_DAYS * DAY_MS));
  const root = storeIn(buildFolder(options.home));
  const stored = await storedBuilds(root);
  // Whoever needs what is asked of the yard as it is now.
  const state = await yard.refresh(signal);
  const wish = { type: ALL_TYPES, keep, olderThanMs: artifactDays * DAY_MS, gainBytes: null, now: yard.now() };
  const { remove, sizeBytes } = planCleanup(state, stored, wish);
  for (const removal of remove) {
    signal.throwIfAborted();
    await removeStored(root, removal);
  }
  if (remove.length === 0) return null;
  return `the artifacts of ${remove.length} builds were removed: ${(sizeBytes / 1e6).toFixed(1)} MB`;
}
