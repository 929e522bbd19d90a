/** Small files in a store, as bytes: stores know files on the disk, and hold on to what they were told about them. */
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ObjectStore } from '@gityard/builder';
import { isRemote } from '../artifacts/artifact-store.ts';
import type { Context } from '../context.ts';
import { storageOf } from '../start/storage.ts';
import { sha256Of } from './manifest.ts';

export interface Shelf {
  readonly name: string;
  readonly store: ObjectStore;
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Null: there is no such object. Of one that is larger than that, one byte more is read, which shows it. */
  get(key: string, mostBytes: number): Promise<Buffer | null>;
}

/** @param place a folder, `s3://…` or `azure://…` */
export async function openShelf(context: Context, place: string): Promise<Shelf> {
  const [{ openStore }, { access }] = await Promise.all([import('@gityard/builder'), storageOf(context)]);
  const address = isRemote(place) ? place : resolve(context.io.cwd, place);
  return shelfOf(await openStore({ address, access }, context.io.env));
}

const shelfOf = (store: ObjectStore): Shelf => ({
  name: store.name,
  store,
  put: (key, bytes) =>
    inFile(async (file) => {
      await writeFile(file, bytes);
      await store.put(key, file, { sha256: sha256Of(bytes), contentType: 'application/octet-stream' });
    }),
  get: (key, mostBytes) =>
    inFile(async (file) => {
      await (await open(file, 'w')).close();
      return (await store.get(key, file, { mostBytes })) ? readFile(file) : null;
    }),
});

async function inFile<T>(act: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'gityard-backup-'));
  try {
    return await act(join(folder, 'object'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
