/** Asks a cache for projects and puts what it has into the checkout. Whatever goes wrong there is a miss, and told of. */
import type { CacheAccess, CacheEntry } from '../cache/build-cache.ts';
import type { Keyed } from './input-hash.ts';
import type { Site } from './strategy.ts';

export interface Found extends Keyed {
  /** Its outputs lie in the checkout now; null: they have to be made. */
  readonly entry: CacheEntry | null;
}

const AT_ONCE = 8;

export async function lookUp(
  site: Site & { readonly cache: CacheAccess },
  keyed: readonly Keyed[],
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (let from = 0; from < keyed.length; from += AT_ONCE) {
    site.check();
    const some = keyed.slice(from, from + AT_ONCE);
    found.push(...(await Promise.all(some.map(async (it) => ({ ...it, entry: await taken(site, it) })))));
  }
  return found;
}

async function taken({ cache, ground, tell }: Site & { readonly cache: CacheAccess }, { project, key }: Keyed) {
  try {
    const entry = await cache.cache.find(cache.scope, key);
    if (!entry || !isOf(entry, project.outputs)) return null;
    if (await cache.cache.restore(entry, ground.source)) return entry;
    await tell(`${project.name}: what the cache has of it is damaged, and was not taken`);
  } catch (error) {
    await tell(`${project.name}: the cache could not be asked: ${(error as Error).message}`);
  }
  return null;
}

/** An entry puts files where the project has its outputs and nowhere else, whoever wrote it. */
function isOf({ files }: CacheEntry, outputs: readonly string[]): boolean {
  return files.every(({ path }) => outputs.some((it) => path === it || path.startsWith(`${it}/`)));
}
