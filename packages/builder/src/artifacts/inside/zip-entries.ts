/** The entries of a zip, and of all that is one: nupkg, jar, war, whl. Nothing is written anywhere. */
import type { FileHandle } from 'node:fs/promises';
import { type Allowance, type Entry, NotReadable, readEntry } from './entry.ts';

export async function zipEntries(handle: FileHandle, allowance: Allowance): Promise<Entry[]> {
  const { fromFdPromise } = await import('yauzl');
  try {
    const zip = await fromFdPromise(handle.fd, { lazyEntries: true, autoClose: false });
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) {
      allowance.entry();
      if (entry.isEncrypted()) throw new NotReadable('is encrypted');
      const facts = {
        name: entry.fileName,
        mtimeMs: entry.getLastModDate({ timezone: 'UTC' }).getTime(),
        owner: '',
        mode: entry.externalFileAttributes >>> 16,
      };
      entries.push(await readEntry(facts, await zip.openReadStreamPromise(entry), allowance));
    }
    return entries;
  } catch (error) {
    throw error instanceof NotReadable ? error : new NotReadable(`is no sound zip: ${(error as Error).message}`);
  }
}
