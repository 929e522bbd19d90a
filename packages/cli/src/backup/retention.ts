/** Which backups go: all but the newest, and never one that a newer one rests on. What was begun and never ended goes as well. */

import { chainOf, type KnownBackup } from './known-backups.ts';
import { isBackupId, isPartFile, MANIFEST } from './manifest.ts';
import type { Shelf } from './shelf.ts';

/** @param known newest first. A damaged one is kept for people to look at, and counts for nothing. */
export function overdueBackups(known: readonly KnownBackup[], keep: number): readonly string[] {
  const good = known.filter(({ manifest }) => manifest !== null).map(({ id }) => id);
  const needed = new Set(good.slice(0, keep).flatMap((id) => idsOf(known, id)));
  return good.slice(keep).filter((id) => !needed.has(id));
}

function idsOf(known: readonly KnownBackup[], id: string): string[] {
  try {
    return chainOf(known, id).map((it) => it.id);
  } catch {
    // It cannot be restored any more; what it rests on may still be of use to others, which say so themselves.
    return [id];
  }
}

/** First its manifest: from then on it is no backup. */
export async function removeBackup(shelf: Shelf, id: string): Promise<void> {
  await shelf.store.remove(`${id}/${MANIFEST}`);
  for (const key of await partsOf(shelf, (of) => of === id)) await shelf.store.remove(key);
}

const DAY_MS = 86_400_000;

/** Files of backups that have no manifest and are older than a day. */
export async function sweepUnfinished(shelf: Shelf, known: readonly KnownBackup[], now: number): Promise<void> {
  const ended = new Set(known.map(({ id }) => id));
  for (const key of await partsOf(shelf, (id) => !ended.has(id), now - DAY_MS)) await shelf.store.remove(key);
  await shelf.store.dropUnfinished(new Date(now - DAY_MS));
}

/** Nothing but what has a name of ours. */
async function partsOf(
  { store }: Shelf,
  of: (id: string) => boolean,
  before = Number.POSITIVE_INFINITY,
): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key, storedAt } of store.list('')) {
    const [id = '', file = '', ...more] = key.split('/');
    const isPart = isBackupId(id) && isPartFile(file) && more.length === 0;
    if (isPart && of(id) && Date.parse(storedAt) < before) keys.push(key);
  }
  return keys;
}
