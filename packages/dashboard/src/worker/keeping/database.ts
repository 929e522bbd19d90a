/** IndexedDB with promises: one database of this page, its stores, and a transaction as a function. */

export const SNAPSHOTS = 'snapshots';
export const OBJECTS = 'objects';
/** When each object was used last, and how large it is, apart from its bytes: so that nothing is read to be thrown away. */
export const USES = 'uses';

const NAME = 'gityard';
const VERSION = 1;

/** `onGone`: somebody has removed it, or needs another version of it; it must be opened anew. */
export function openDatabase(
  indexedDB: IDBFactory,
  { patienceMs, onGone }: { readonly patienceMs: number; readonly onGone: () => void },
): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, VERSION);
    const patience = setTimeout(() => reject(new Error('the storage of the browser does not answer')), patienceMs);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(SNAPSHOTS);
      opening.result.createObjectStore(OBJECTS);
      opening.result.createObjectStore(USES, { keyPath: 'name' }).createIndex('usedAt', 'usedAt');
    };
    opening.onsuccess = () => {
      const { result: database } = opening;
      clearTimeout(patience);
      // A newer page in another tab may need to change the stores; this one then goes on without.
      database.onversionchange = () => {
        database.close();
        onGone();
      };
      database.onclose = onGone;
      resolve(database);
    };
    opening.onerror = () => reject(opening.error);
    opening.onblocked = () => reject(new Error('another tab holds an older database'));
  });
}

/** Done when the transaction is, not when its last request is: only then is anything kept. */
export function inTransaction<T>(
  database: IDBDatabase,
  { stores, mode }: { readonly stores: readonly string[]; readonly mode: IDBTransactionMode },
  work: (transaction: IDBTransaction) => Promise<T> | T,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction([...stores], mode);
    let result: Promise<T> | T;
    transaction.oncomplete = () => resolve(result);
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was given up'));
    result = work(transaction);
  });
}

export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
