/** How often builds found what they looked up in the cache; with how many it is of, since 100 % of two is little. */
import type { CacheUse } from '../entities/build-result.ts';
import type { Share } from './work-record.ts';

export function cacheShare({ hits, misses }: CacheUse): Share {
  const of = hits + misses;
  return { percent: of === 0 ? null : Math.round((100 * hits) / of), of };
}
