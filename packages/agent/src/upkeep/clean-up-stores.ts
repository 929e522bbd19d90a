/**
 * Keeps the store of artifacts and the far cache small: builds that are old and that nobody needs, what the yard does not know,
 * uploads that were never ended. Each agent that has a store does so; what another has removed is removed already.
 */

import { openStore, remoteBuilds, removeRemote, sweepStoreTier } from '@gityard/builder';
import { ALL_TYPES, after, DAY_MS, planCleanup, planOrphans, type Removal } from '@gityard/domain';
import { findArchived } from '@gityard/yard';
import type { AgentContext } from '../context.ts';

export async function cleanUpStores(context: AgentContext, signal: AbortSignal): Promise<string | null> {
  const said = [await artifacts(context, signal), await cache(context)].filter((it) => it !== null);
  return said.length === 0 ? null : said.join('; ');
}

async function artifacts({ yard, storage }: AgentContext, signal: AbortSignal): Promise<string | null> {
  if (!storage.hasArtifactStore) return null;
  const store = await storage.artifacts();
  const stored = await remoteBuilds(store);
  // Whoever needs what is asked of the yard as it is now.
  const state = await yard.refresh(signal);
  const now = yard.now();
  const { artifactBuilds: keep, storedDays } = state.yard.retention;
  const wish = { type: ALL_TYPES, keep, olderThanMs: storedDays * DAY_MS, gainBytes: null, now };
  const old = keep === 0 ? [] : planCleanup(state, stored, wish).remove;
  const isArchived = (job: string) => findArchived(yard, 'job', job).ok || findArchived(yard, 'manifest', job).ok;
  const orphans = planOrphans(state, stored, { isArchived, now });
  const removals = new Map<string, Removal>([...old, ...orphans].map((it) => [`${it.job}/${it.token}`, it]));
  for (const removal of removals.values()) {
    signal.throwIfAborted();
    await removeRemote(store, removal);
  }
  await store.dropUnfinished(new Date(after(now, -DAY_MS)));
  const bytes = [...removals.values()].reduce((sum, it) => sum + it.sizeBytes, 0);
  if (removals.size === 0) return null;
  return `${removals.size} builds were removed from ${store.name}: ${(bytes / 1e6).toFixed(1)} MB`;
}

async function cache({ storage }: AgentContext): Promise<string | null> {
  const settings = storage.cacheStore;
  if (settings === undefined) return null;
  const removed = await sweepStoreTier(await openStore(settings, process.env), Date.now());
  return removed === 0 ? null : `${removed} objects of the cache were removed from its store`;
}
