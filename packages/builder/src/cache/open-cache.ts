/**
 * Opens the cache of an agent by its settings: its folder, then Redis, then a store for what is large. Nobody is asked yet; a
 * setting that cannot be used is told, and the rest serves.
 */
import { join } from 'node:path';
import { openStore, type StoreSettings } from '../stores/open-store.ts';
import { FolderCache } from './folder-cache.ts';
import { guardedTier } from './guarded-tier.ts';
import { redisTier } from './redis-tier.ts';
import { storeTier } from './store-tier.ts';
import type { CacheTier } from './tier.ts';
import { type TieredCache, tieredCache } from './tiered-cache.ts';

export interface CacheSettings {
  /** Left out: below the agent's builds. */
  readonly folder?: string | undefined;
  readonly budgetBytes?: number | undefined;
  readonly redis?: string | undefined;
  readonly store?: StoreSettings | undefined;
}

export interface CacheOpening {
  /** The agent's build root. */
  readonly buildFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  onTrouble(text: string): void;
}

export const CACHE_BUDGET_BYTES = 10 * 1024 ** 3;

export const cacheFolder = (buildFolder: string): string => join(buildFolder, 'cache');

export async function openCache(settings: CacheSettings, opening: CacheOpening): Promise<TieredCache> {
  const { buildFolder, onTrouble } = opening;
  const { folder = cacheFolder(buildFolder), budgetBytes = CACHE_BUDGET_BYTES } = settings;
  const near = new FolderCache(folder, { budgetBytes });
  const far = (await farTiers(settings, { near, ...opening })).map((it) => guardedTier(it, { onTrouble }));
  return tieredCache({ near, far, onTrouble });
}

async function farTiers(
  { redis, store }: CacheSettings,
  { near, env, onTrouble }: CacheOpening & { near: FolderCache },
): Promise<CacheTier[]> {
  const tiers: CacheTier[] = [];
  if (redis !== undefined) {
    if (/^rediss?:\/\/./.test(redis) && URL.canParse(redis)) tiers.push(redisTier(redis));
    else onTrouble('the address of Redis cannot be used; write it like redis://cache.example:6379');
  }
  if (store !== undefined) {
    try {
      tiers.push(storeTier(await openStore(store, env), () => near.temporary()));
    } catch (error) {
      onTrouble(`the store of the cache cannot be used: ${(error as Error).message}`);
    }
  }
  return tiers;
}
