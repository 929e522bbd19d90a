/**
 * Lets one at a time write to a place of backups. Stores know no locks, but they list what was put: whoever puts his name there and
 * then sees another one steps back. Of two at least one sees the other.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { CliError } from '../errors.ts';
import type { Shelf } from './shelf.ts';

const LOCKS = 'locks/';
/** Whoever holds it longer has died. */
const LONGEST_MS = 3_600_000;
const TRIES = 4;
const PAUSE_MS = 500;

/** Throws LOCK_HELD. */
export async function holding<T>(shelf: Shelf, by: string, act: () => Promise<T>): Promise<T> {
  const key = `${LOCKS}${randomBytes(8).toString('hex')}`;
  try {
    await take(shelf, { key, by });
    return await act();
  } finally {
    await shelf.store.remove(key);
  }
}

async function take(shelf: Shelf, { key, by }: { key: string; by: string }): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    await shelf.put(key, Buffer.from(`${by}\n`));
    const other = await othersThan(shelf, key);
    if (other === null) return;
    await shelf.store.remove(key);
    if (tries === TRIES)
      throw new CliError('LOCK_HELD', `another backup is being made in ${shelf.name} since ${other}`, {
        hint: 'wait for it; one that died is passed over after an hour',
      });
    await wait(PAUSE_MS * (0.5 + Math.random()));
  }
}

async function othersThan({ store }: Shelf, key: string): Promise<string | null> {
  const own = await store.head(key);
  // By the clock of the store: it has put both down.
  const now = Date.parse(own?.storedAt ?? new Date().toISOString());
  for await (const it of store.list(LOCKS)) {
    if (it.key === key) continue;
    if (now - Date.parse(it.storedAt) < LONGEST_MS) return it.storedAt;
    await store.remove(it.key);
  }
  return null;
}
