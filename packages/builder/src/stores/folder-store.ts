/**
 * A folder that machines share (a disk, NFS, SMB) as a place for large files. An object appears under its name when it is whole;
 * what was begun and not ended lies beside it as a part, and is gone on with where its bytes are still those of the file.
 */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, realpath, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { writeAll } from '../write-all.ts';
import { appendFrom } from './append-from.ts';
import type { Fetching, ObjectStore, StoredObject, Transfer } from './object-store.ts';
import { damaged, StoreError } from './store-error.ts';
import { checkedKey } from './store-key.ts';

const PART = /\.[0-9a-f]{12}\.gityard-part$/;
const BUFFER_BYTES = 1 << 20;

export function folderStore(root: string): ObjectStore {
  return {
    name: `folder ${root}`,
    put: (key, file, facts) => put({ root, key }, file, facts),
    get: (key, file, fetching) => get({ root, key }, file, fetching),
    head: (key) => head({ root, key }),
    list: (prefix) => list(root, prefix),
    remove: (key) => remove({ root, key }),
    dropUnfinished: (before) => dropUnfinished(root, before),
    link: async () => null,
  };
}

interface Place {
  readonly root: string;
  readonly key: string;
}

/** Somebody else may write into a shared folder: a link in the place of one of its folders leads us nowhere. */
async function pathOf({ root, key }: Place, { make }: { make: boolean }): Promise<string | null> {
  const path = join(root, checkedKey(key));
  if (make) await reachable(root, () => mkdir(dirname(path), { recursive: true }));
  const [base, folder] = await Promise.all([
    realpath(root).catch(() => null),
    realpath(dirname(path)).catch(() => null),
  ]);
  if (base === null || folder === null) return null;
  if (folder === join(base, dirname(key))) return join(folder, key.slice(key.lastIndexOf('/') + 1));
  throw new StoreError('INVALID_DATA', `${dirname(path)} leads out of the store ${root}`, { hint: 'remove that link' });
}

async function put(
  place: Place,
  file: string,
  { sha256, signal, onProgress }: { sha256: string } & Transfer,
): Promise<void> {
  const path = await pathOf(place, { make: true });
  if (path === null) throw away(place.root);
  const part = `${path}.${sha256.slice(0, 12)}.gityard-part`;
  await reachable(place.root, async () => {
    const already = await sameBeginning(part, file);
    const digest = await appendTo(part, file, { already, signal, onProgress });
    if (digest !== sha256) {
      await rm(part, { force: true });
      throw damaged(file);
    }
    await rename(part, path).catch(unlessDone(path, file));
  });
}

/** Of two who bring the same bytes, the one that ended first has moved the part to its place. */
const unlessDone = (path: string, file: string) => async (error: unknown) => {
  const [there, whole] = await Promise.all([lstat(path).catch(() => null), stat(file)]);
  if (!there?.isFile() || there.size !== whole.size) throw error;
};

/** How many bytes of the part are those of the file; another beginning is no beginning. */
async function sameBeginning(part: string, file: string): Promise<number> {
  const [begun, whole] = await Promise.all([stat(part).catch(() => null), stat(file)]);
  if (!begun?.isFile() || begun.size > whole.size) return 0;
  const left = await open(part).catch(() => null);
  if (left === null) return 0;
  try {
    return (await beginsWith(file, { left, sizeBytes: begun.size })) ? begun.size : 0;
  } finally {
    await left.close();
  }
}

async function beginsWith(
  file: string,
  { left, sizeBytes }: { readonly left: FileHandle; readonly sizeBytes: number },
): Promise<boolean> {
  const right = await open(file);
  try {
    const buffers = [Buffer.alloc(BUFFER_BYTES), Buffer.alloc(BUFFER_BYTES)] as const;
    for (let at = 0; at < sizeBytes; at += BUFFER_BYTES) {
      const length = Math.min(BUFFER_BYTES, sizeBytes - at);
      await Promise.all([left.read(buffers[0], 0, length, at), right.read(buffers[1], 0, length, at)]);
      if (buffers[0].compare(buffers[1], 0, length, 0, length) !== 0) return false;
    }
    return true;
  } finally {
    await right.close();
  }
}

/** Answers the digest of all that the part then holds, computed from the bytes as they are written. */
async function appendTo(
  part: string,
  file: string,
  { already, signal, onProgress }: { already: number } & Transfer,
): Promise<string> {
  const hash = createHash('sha256');
  const source = await open(file);
  // Never emptied: somebody else may be bringing the same bytes, and write them to the same places.
  const target = await open(part, constants.O_RDWR | constants.O_CREAT, 0o644).catch(async (error: unknown) => {
    await source.close();
    throw error;
  });
  try {
    const buffer = Buffer.alloc(BUFFER_BYTES);
    let at = 0;
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await source.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      if (at + bytesRead > already) await writeAll(target, buffer.subarray(0, bytesRead), at);
      at += bytesRead;
      onProgress?.(at);
    }
    await target.truncate(at);
    await target.sync();
    return hash.digest('hex');
  } finally {
    await Promise.all([source.close(), target.close()]);
  }
}

async function get(place: Place, file: string, fetching: Fetching = {}): Promise<boolean> {
  const path = await pathOf(place, { make: false });
  const status = path === null ? null : await lstat(path).catch(() => null);
  if (path === null || !status?.isFile()) return false;
  const source = await open(path);
  try {
    await appendFrom(file, async (from) => source.createReadStream({ start: from, autoClose: false }), fetching);
    return true;
  } finally {
    await source.close();
  }
}

async function head(place: Place): Promise<StoredObject | null> {
  const path = await pathOf(place, { make: false });
  const status = path === null ? null : await lstat(path).catch(() => null);
  if (!status?.isFile()) return null;
  return { key: place.key, sizeBytes: status.size, storedAt: status.mtime.toISOString() };
}

async function* list(root: string, prefix: string): AsyncGenerator<StoredObject> {
  for await (const { path, key } of files(root)) {
    if (!key.startsWith(prefix) || PART.test(key)) continue;
    const status = await lstat(path).catch(() => null);
    if (status?.isFile()) yield { key, sizeBytes: status.size, storedAt: status.mtime.toISOString() };
  }
}

async function* files(root: string): AsyncGenerator<{ path: string; key: string }> {
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw away(root, error);
    });
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) yield { path, key: relative(root, path).split(sep).join('/') };
    }
  }
}

/** The folders that it leaves empty go as well, as far as they are ours. */
async function remove({ root, key }: Place): Promise<void> {
  const path = await pathOf({ root, key }, { make: false });
  if (path === null) return;
  await reachable(root, () => rm(path, { force: true }));
  for (let below = dirname(key); below !== '.'; below = dirname(below)) {
    const gone = await rmdir(join(root, below)).then(
      () => true,
      () => false,
    );
    if (!gone) return;
  }
}

async function dropUnfinished(root: string, before: Date): Promise<number> {
  let dropped = 0;
  for await (const { path, key } of files(root)) {
    if (!PART.test(key) || (await stat(path)).mtime >= before) continue;
    await rm(path, { force: true });
    dropped++;
  }
  return dropped;
}

async function reachable<T>(root: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall === 'string') throw away(root, error);
    throw error;
  }
}

const away = (root: string, cause?: unknown): StoreError =>
  new StoreError(
    'REMOTE_UNREACHABLE',
    `the folder ${root} cannot be used: ${(cause as Error | undefined)?.message ?? 'it is not there'}`,
    {
      hint: 'look whether it is mounted, full or not yours to write',
      cause,
    },
  );
