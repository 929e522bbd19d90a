/**
 * A place for large files as a far tier: whatever is too large for Redis, and entries too, where a fleet has nothing else. Bytes
 * go there packed; what is there and young is not sent again.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ObjectStore } from '../stores/object-store.ts';
import { mostPacked, unpackInto } from '../stores/packed.ts';
import { type CacheTier, type EntryName, EXPIRES_MS } from './tier.ts';

const ROOT = 'build-cache';
const MOST_ENTRY_BYTES = 32 * 1024 * 1024;
/** Half a life: whoever refers to it anew finds it for as long as its own entry lives. */
const YOUNG_MS = EXPIRES_MS / 2;

/** @param temporary a name for a file that is not there yet */
export function storeTier(store: ObjectStore, temporary: () => Promise<string>): CacheTier {
  async function withFile<T>(act: (file: string) => Promise<T>): Promise<T> {
    const file = await temporary();
    try {
      return await act(file);
    } finally {
      await rm(file, { force: true });
    }
  }
  return {
    name: store.name,
    read: (name, signal) =>
      withFile(async (file) => {
        if (!(await store.get(entryKey(name), file, { signal, mostBytes: MOST_ENTRY_BYTES }))) return null;
        return (await stat(file)).size > MOST_ENTRY_BYTES ? '' : readFile(file, 'utf8');
      }),
    write: (name, text, signal) =>
      withFile(async (file) => {
        await writeFile(file, text);
        const sha256 = createHash('sha256').update(text).digest('hex');
        await store.put(entryKey(name), file, { sha256, contentType: 'text/plain', signal });
      }),
    fetch: ({ sha256, sizeBytes }, file, signal) =>
      withFile(async (packed) => {
        if (!(await store.get(blobKey(sha256), packed, { signal, mostBytes: mostPacked(sizeBytes) }))) return false;
        await unpackInto(file, packed, { mostBytes: sizeBytes, signal });
        return true;
      }),
    send: ({ sha256 }, file, signal) =>
      withFile(async (packed) => {
        const there = await store.head(blobKey(sha256));
        if (there && Date.now() - Date.parse(there.storedAt) < YOUNG_MS) return true;
        const digest = createHash('sha256');
        await pipeline(createReadStream(file), createGzip({ level: 1 }), noting(digest), createWriteStream(packed), {
          signal,
        });
        const contentType = 'application/gzip';
        await store.put(blobKey(sha256), packed, { sha256: digest.digest('hex'), contentType, signal });
        return true;
      }),
    drop: ({ sha256 }) => store.remove(blobKey(sha256)),
    close: async () => undefined,
  };
}

const entryKey = ({ kind, scope, id }: EntryName): string =>
  `${ROOT}/${kind}/${scope}/${createHash('sha256').update(id).digest('hex').slice(0, 40)}`;
const blobKey = (sha256: string): string => `${ROOT}/blobs/${sha256.slice(0, 2)}/${sha256}.gz`;

const noting = (hash: ReturnType<typeof createHash>): Transform =>
  new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });

/** What nobody can find any more: entries expire, and with the last of them their bytes. */
export async function sweepStoreTier(store: ObjectStore, now: number): Promise<number> {
  let removed = 0;
  for await (const { key, storedAt } of store.list(`${ROOT}/`)) {
    if (now - Date.parse(storedAt) < 2 * EXPIRES_MS) continue;
    await store.remove(key);
    removed++;
  }
  return removed;
}
