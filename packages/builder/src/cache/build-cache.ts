/**
 * The contract of what remembers outputs of projects by what they were made of (R107, R123). An entry is found by its key
 * alone, and everything that comes out of it is checked against the digests in it: a cache may be slow, wrong or gone, and
 * a build is still right. Every member passes `build-cache.contract.test.ts`.
 */
import type { TestTotals } from '@gityard/domain';

export interface CachedFile {
  /** Relative to the checkout, with forward slashes. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly executable: boolean;
}

export interface CacheEntry {
  readonly project: string;
  /** Name of an input → its digest: what the key was made of, so that a miss can say what changed. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly files: readonly CachedFile[];
  /** Of its test run, when it had one and nothing failed. */
  readonly tests: TestTotals | null;
  readonly seconds: number;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly by: { readonly agent: string; readonly branch: string | null; readonly commit: string | null };
}

export interface BuildCache {
  /** Null is a miss: not there, too old, or not what its digests say. A key is found only in the scope that kept it. */
  find(scope: string, key: string): Promise<CacheEntry | null>;
  /** The newest entry of a project of that name in that scope, whatever its key: what a miss is compared with. */
  latest(scope: string, project: string): Promise<CacheEntry | null>;
  /** Puts the files of an entry below a folder; false when one is missing or damaged, and then none is left half done. */
  restore(entry: CacheEntry, folder: string): Promise<boolean>;
  /** Takes the files of an entry from below a folder. A cache that is full or away keeps nothing and says so by false. */
  keep(put: {
    readonly scope: string;
    readonly key: string;
    readonly entry: CacheEntry;
    readonly folder: string;
  }): Promise<boolean>;
}

/** Where a build may look and write. `scope` keeps repositories apart: nobody reads what another repository put there. */
export interface CacheAccess {
  readonly cache: BuildCache;
  readonly scope: string;
  /** Only trusted refs write (research/reliability.md §2.5). */
  readonly mayWrite: boolean;
  /** By which name agents know that they look into the same cache; left out: only this agent does. */
  readonly shared?: string;
}
