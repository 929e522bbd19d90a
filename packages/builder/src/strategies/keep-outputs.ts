/**
 * Gives a cache what was built: outputs as soon as all of it is built, since other agents may wait for them, and the totals of
 * tests when these have passed. A cache that does not want it, or is away, changes nothing about the build.
 */
import type { TestTotals } from '@gityard/domain';
import type { CacheAccess, CacheEntry } from '../cache/build-cache.ts';
import type { Found } from './look-up.ts';
import { outputsOf } from './outputs.ts';
import type { Course, Site } from './strategy.ts';

export interface Keeping {
  readonly found: readonly Found[];
  readonly cache: CacheAccess;
}

const NO_TESTS: TestTotals = { total: 0, passed: 0, failed: 0, skipped: 0 };

export function keeping(site: Site, { found, cache }: Keeping): Pick<Course, 'after' | 'afterTests'> {
  const { ground, tell } = site;
  const entries = new Map(found.map((it) => [it.project.id, it.entry]));
  const misses = found.filter(({ entry }) => !entry);
  const put = async (it: Found, entry: CacheEntry) => {
    const { scope } = cache;
    const isKept = await cache.cache.keep({ scope, key: it.key, entry, folder: ground.source }).catch(() => false);
    if (!isKept) await tell(`${it.project.name}: the cache did not keep it`);
  };
  return {
    async after(stage, { seconds }) {
      if (stage !== 'Build' || misses.length === 0) return;
      if (!cache.mayWrite) return tell('nothing was put into the cache: only builds of a trusted branch write there');
      for (const it of misses) {
        site.check();
        const files = await outputsOf({ ...site, ...it, source: ground.source, leaveOut: site.reports });
        if (typeof files === 'string') {
          await tell(`${it.project.name}: not put into the cache: ${files}`);
          continue;
        }
        const entry = entryOf(site, it, { files, seconds: seconds / misses.length });
        entries.set(it.project.id, entry);
        await put(it, entry);
      }
    },
    async afterTests(project, totals) {
      // They may be in quarantine; still, a failure is nothing that others should take for a result.
      if (totals && totals.failed > 0) return;
      const it = found.find((one) => one.project.id === project);
      const entry = entries.get(project);
      if (it && entry && cache.mayWrite) await put(it, { ...entry, tests: totals ?? NO_TESTS });
    },
  };
}

function entryOf(
  { agent, job, commit }: Site,
  { project, inputs }: Found,
  made: Pick<CacheEntry, 'files' | 'seconds'>,
): CacheEntry {
  const by = { agent, branch: job.branch, commit };
  return { project: project.id, inputs, ...made, tests: null, createdAt: new Date().toISOString(), by };
}
