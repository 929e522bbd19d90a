/** What one build may do with the cache: look in its own scope, and keep something there only where its ref is trusted. */
import type { BuildCache, CacheAccess } from './build-cache.ts';

export function accessTo(cache: BuildCache, { scope, mayWrite }: Pick<CacheAccess, 'scope' | 'mayWrite'>): CacheAccess {
  const own: BuildCache = {
    find: async (asked, key) => (asked === scope ? cache.find(asked, key) : null),
    latest: async (asked, project) => (asked === scope ? cache.latest(asked, project) : null),
    restore: (entry, folder) => cache.restore(entry, folder),
    keep: async (put) => mayWrite && put.scope === scope && cache.keep(put),
  };
  return { cache: own, scope, mayWrite };
}
