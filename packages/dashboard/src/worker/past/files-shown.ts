/**
 * Which files of the state the read model is made of: of thousands that a yard holds, those that say something of its servers,
 * its jobs, its locks and its messages. Each costs a request where it was never read before.
 */
import { after, type Time } from '@gityard/domain';
import { isRead } from '@gityard/yard/reading';
import type { TreeEntry } from '../sources/source.ts';

/** They have pages of their own, which ask for them, or are for the bookkeeping of the yard alone. */
const NOT_SHOWN = /^shared\/(?:manifests|attestations|actors|imports|rollback|secrets|tests|notices)\//;
const HOUR = /^shared\/history\/(\d{4}-\d\d-\d\d)\/(\d\d)\.json$/;
const HOUR_MS = 3_600_000;
/** Servers are judged by a week. The points of a month take hundreds of them. */
const HOURS = { week: 7 * 24 + 1, month: 30 * 24 + 1 } as const;

export type PastShown = keyof typeof HOURS;

export function filesShown(
  entries: readonly TreeEntry[],
  { now, past }: { readonly now: Time; readonly past: PastShown },
): readonly TreeEntry[] {
  const hours = entries.filter(({ path }) => HOUR.test(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
  const since = pathOfHour(after(now, -HOURS[past] * HOUR_MS));
  // The last one before that tells how the servers stood when it began.
  const first = hours.findLastIndex(({ path }) => path < since);
  const old = new Set(hours.slice(0, Math.max(0, first)).map(({ path }) => path));
  return entries.filter(({ path }) => isRead(path) && !NOT_SHOWN.test(path) && !old.has(path));
}

/** Of its file, as far as its name goes. */
const pathOfHour = (time: Time): string => `shared/history/${time.slice(0, 13).replace('T', '/')}`;
