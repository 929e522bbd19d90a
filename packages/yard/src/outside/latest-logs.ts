/** The logs as they are: looked at when somebody asks, and not again for those who ask right after. */
import { type Snapshot, StoreError } from '@gityard/store';
import type { LogsRef } from '../refs/logs.ts';

export interface LatestLogs {
  /** Without a request. */
  seen(): Snapshot | undefined;
  /** undefined: there are none. Throws StoreError. */
  look(): Promise<Snapshot | undefined>;
}

const AT_MOST_EVERY_MS = 1_000;

export function latestLogs(logs: Pick<LogsRef, 'look'>): LatestLogs {
  let seen: Snapshot | undefined;
  let looking: Promise<Snapshot | undefined> | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  const look = async (): Promise<Snapshot | undefined> => {
    try {
      seen = await logs.look();
    } catch (error) {
      if (error instanceof StoreError && error.code === 'BRANCH_MISSING') seen = undefined;
      // What was seen a moment ago is better than nothing.
      else if (!seen) throw error;
    }
    return seen;
  };
  return {
    seen: () => seen,
    look: () => {
      if (looking && performance.now() - lookedAt < AT_MOST_EVERY_MS) return looking;
      lookedAt = performance.now();
      looking = look();
      return looking;
    },
  };
}
