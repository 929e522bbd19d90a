/** Bytes by name, as many as fit: what was used longest ago goes first. */
import { answerOf, inTransaction, OBJECTS, USES } from './database.ts';

export const MOST_BYTES = 50_000_000;
/** Room is made for more than one, so that not every object that comes has to send one away. */
const ROOM = 0.9;
/** A use is noted again only after so long: reading must not mean writing each time. */
const SAME_USE_MS = 600_000;

interface Use {
  readonly name: string;
  readonly sizeBytes: number;
  readonly usedAt: number;
}

const BOTH = [OBJECTS, USES];

export async function objectIn(
  database: IDBDatabase,
  { name, now }: { readonly name: string; readonly now: number },
): Promise<Uint8Array | undefined> {
  const [bytes, use] = await inTransaction(database, { stores: BOTH, mode: 'readonly' }, (transaction) =>
    Promise.all([
      answerOf(transaction.objectStore(OBJECTS).get(name) as IDBRequest<Uint8Array | undefined>),
      answerOf(transaction.objectStore(USES).get(name) as IDBRequest<Use | undefined>),
    ]),
  );
  if (use && now - use.usedAt > SAME_USE_MS) {
    await inTransaction(database, { stores: [USES], mode: 'readwrite' }, (transaction) => {
      transaction.objectStore(USES).put({ ...use, usedAt: now });
    });
  }
  return bytes;
}

export async function keepObjectIn(
  database: IDBDatabase,
  { name, bytes, now, mostBytes = MOST_BYTES }: { name: string; bytes: Uint8Array; now: number; mostBytes?: number },
): Promise<void> {
  if (bytes.length > mostBytes * (1 - ROOM)) return;
  await inTransaction(database, { stores: BOTH, mode: 'readwrite' }, (transaction) => {
    transaction.objectStore(OBJECTS).put(bytes, name);
    transaction.objectStore(USES).put({ name, sizeBytes: bytes.length, usedAt: now } satisfies Use);
  });
}

/** Sends away what was used longest ago until there is room. */
export async function makeRoom(database: IDBDatabase, mostBytes = MOST_BYTES): Promise<number> {
  return await inTransaction(database, { stores: BOTH, mode: 'readwrite' }, async (transaction) => {
    const uses = (await answerOf(transaction.objectStore(USES).index('usedAt').getAll())) as Use[];
    let total = uses.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    if (total <= mostBytes) return total;
    for (const { name, sizeBytes } of uses) {
      if (total <= mostBytes * ROOM) break;
      transaction.objectStore(OBJECTS).delete(name);
      transaction.objectStore(USES).delete(name);
      total -= sizeBytes;
    }
    return total;
  });
}
