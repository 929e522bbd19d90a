/** What is kept in IndexedDB. The browser may refuse at any time (private windows, a full disk); then nothing is kept. */
import { readModelFrom } from '@gityard/domain';
import { answerOf, inTransaction, openDatabase, SNAPSHOTS } from './database.ts';
import type { Keeping, KeptSnapshot } from './keeping.ts';
import { keepObjectIn, MOST_BYTES, makeRoom, objectIn } from './kept-objects.ts';

export interface KeepingOptions {
  readonly indexedDB: IDBFactory | undefined;
  readonly now: () => number;
  readonly mostBytes?: number;
  /** Some browsers never answer at all. */
  readonly patienceMs?: number;
}

const REFUSED_MS = 60_000;
const PATIENCE_MS = 2_000;

export function browserKeeping({
  indexedDB,
  now,
  mostBytes = MOST_BYTES,
  patienceMs = PATIENCE_MS,
}: KeepingOptions): Keeping {
  let opened: Promise<IDBDatabase> | undefined;
  /** A browser that has just refused is not asked for each file again. */
  let refusedUntil = 0;
  /** Since room was made last; a twentieth of all may come before it is looked at again. */
  let newBytes = Number.POSITIVE_INFINITY;

  const open = async (): Promise<IDBDatabase | undefined> => {
    if (!indexedDB || (!opened && now() < refusedUntil)) return undefined;
    try {
      opened ??= openDatabase(indexedDB, {
        patienceMs,
        onGone: () => {
          opened = undefined;
        },
      });
      return await opened;
    } catch {
      opened = undefined;
      refusedUntil = now() + REFUSED_MS;
      return undefined;
    }
  };

  /** The browser gives less than we would take: half of what is there makes room for what comes. */
  const smaller = async (database: IDBDatabase): Promise<void> => {
    const total = await makeRoom(database).catch(() => 0);
    await makeRoom(database, total / 2).catch(() => undefined);
  };

  const attempt = async <T>(work: (database: IDBDatabase) => Promise<T>): Promise<T | undefined> => {
    const database = await open();
    if (!database) return undefined;
    try {
      return await work(database);
    } catch (error) {
      // Not kept is not lost: it is read from the source again.
      if (error instanceof DOMException && error.name === 'QuotaExceededError') await smaller(database);
      return undefined;
    }
  };

  return {
    snapshot: (address) =>
      attempt(async (database) => {
        const kept = await inTransaction(database, { stores: [SNAPSHOTS], mode: 'readonly' }, (transaction) =>
          answerOf(transaction.objectStore(SNAPSHOTS).get(address)),
        );
        return checked(kept);
      }),
    keepSnapshot: async (address, kept) => {
      await attempt((database) =>
        inTransaction(database, { stores: [SNAPSHOTS], mode: 'readwrite' }, (transaction) => {
          transaction.objectStore(SNAPSHOTS).put(kept, address);
        }),
      );
    },
    object: (name) => attempt((database) => objectIn(database, { name, now: now() })),
    keepObject: async (name, bytes) => {
      await attempt(async (database) => {
        await keepObjectIn(database, { name, bytes, now: now(), mostBytes });
        newBytes += bytes.length;
        if (newBytes < mostBytes / 20) return;
        newBytes = 0;
        await makeRoom(database, mostBytes);
      });
    },
  };
}

/** Another version of this page may have written it. */
function checked(kept: unknown): KeptSnapshot | undefined {
  if (kept === null || typeof kept !== 'object') return undefined;
  const { model: found, lookedAt, overwritten: older } = kept as Record<string, unknown>;
  const model = readModelFrom(found);
  if (!model.ok) return undefined;
  const overwritten = readModelFrom(older);
  return {
    model: model.value,
    lookedAt: typeof lookedAt === 'number' ? lookedAt : null,
    overwritten: overwritten.ok ? overwritten.value : null,
  };
}
