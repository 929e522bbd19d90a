/**
 * The cache of a fleet, near and far: a folder of this machine first, then the tiers that agents share, in their order. What is
 * found far away is kept near; what is kept goes everywhere. Whatever does not match its digest is told of, dropped and a miss.
 */
import { createHash } from 'node:crypto';
import { open, realpath, rm } from 'node:fs/promises';
import { openRegularFile } from '../workspace-files.ts';
import type { BuildCache, CachedFile, CacheEntry } from './build-cache.ts';
import { type EntryPlace, entryText, readEntry } from './entry-text.ts';
import type { FolderCache } from './folder-cache.ts';
import { inParallel } from './in-parallel.ts';
import { placeFiles } from './place-files.ts';
import type { Blob, CacheTier, EntryName } from './tier.ts';

export interface TieredCache extends BuildCache {
  close(): Promise<void>;
}

export interface Tiers {
  readonly near: FolderCache;
  /** Guarded: they throw nothing. */
  readonly far: readonly CacheTier[];
  /** For the owner of the agent: something is damaged, or away. */
  onTrouble(text: string): void;
}

const KEY = /^[\w.:-]{1,300}$/;
const AT_ONCE = 8;
/** The guard has its own. */
const NEVER = new AbortController().signal;

export const scopeId = (scope: string): string => createHash('sha256').update(scope).digest('hex').slice(0, 32);

export function tieredCache(tiers: Tiers): TieredCache {
  return {
    find: (scope, key) => find(tiers, { scope, key }),
    latest: async (scope, project) => {
      const key = await read(tiers, latestName(scope, project));
      return key !== null && KEY.test(key) ? find(tiers, { scope, key }) : null;
    },
    restore: (entry, folder) => restore(tiers, entry, folder),
    keep: (put) => keep(tiers, put),
    close: async () => void (await Promise.all(tiers.far.map((it) => it.close()))),
  };
}

const entryName = ({ scope, key }: EntryPlace): EntryName => ({ kind: 'entry', scope: scopeId(scope), id: key });
const latestName = (scope: string, project: string): EntryName => ({
  kind: 'latest',
  scope: scopeId(scope),
  id: createHash('sha256').update(project).digest('hex').slice(0, 40),
});

async function find({ near, far, onTrouble }: Tiers, place: EntryPlace): Promise<CacheEntry | null> {
  if (!KEY.test(place.key)) return null;
  const name = entryName(place);
  const look = (text: string | null, where: string) => {
    const found = text === null ? null : readEntry(text, place, Date.now());
    if (found && 'why' in found && found.why === 'damaged')
      onTrouble(`an entry of the cache ${where} is damaged, and was passed over`);
    return found;
  };
  const here = look(await near.read(name), near.root);
  if (here && 'entry' in here) return here.entry;
  if (here) await near.dropEntry(name);
  for (const tier of far) {
    const text = await tier.read(name, NEVER);
    const there = look(text, tier.name);
    if (text === null || !there || 'why' in there) continue;
    await near.write(name, text).catch(() => undefined);
    return there.entry;
  }
  return null;
}

/** The nearest that has it: of two agents that kept one, this machine's own comes first. */
async function read({ near, far }: Tiers, name: EntryName): Promise<string | null> {
  const here = await near.read(name);
  if (here !== null) return here;
  for (const tier of far) {
    const text = await tier.read(name, NEVER);
    if (text !== null) return text;
  }
  return null;
}

async function restore(tiers: Tiers, entry: CacheEntry, folder: string): Promise<boolean> {
  const { near, onTrouble } = tiers;
  const onDamaged = async (file: CachedFile) => {
    await near.drop(file);
    onTrouble(`${near.blobPath(file)} in the cache is damaged, and was dropped`);
  };
  const open = async (file: CachedFile) =>
    (await near.open(file)) ?? ((await bringNear(tiers, file)) ? near.open(file) : null);
  const done = await placeFiles(entry.files, { folder, open, onDamaged });
  await near.keepToBudget().catch(() => null);
  return done;
}

async function bringNear({ near, far, onTrouble }: Tiers, blob: Blob): Promise<boolean> {
  for (const tier of far) {
    const file = await near.temporary();
    try {
      if (!(await tier.fetch(blob, file, NEVER))) continue;
      const handle = await open(file);
      const isRight = await near.take(blob, handle).finally(() => handle.close());
      if (isRight) return true;
      onTrouble(`${blob.sha256.slice(0, 12)} in the cache ${tier.name} is damaged, and was dropped`);
      await tier.drop(blob, NEVER);
    } finally {
      await rm(file, { force: true });
    }
  }
  return false;
}

async function keep(tiers: Tiers, { scope, key, entry, folder }: Parameters<BuildCache['keep']>[0]): Promise<boolean> {
  const { near, onTrouble } = tiers;
  const text = KEY.test(key) ? entryText({ scope, key }, entry) : null;
  if (text === null) return false;
  try {
    const root = await realpath(folder);
    for (const file of entry.files) if (!(await takeFrom(near, { root, file }))) return false;
    // Entries come last: whoever finds one finds its files.
    await near.nameScope(scopeId(scope), scope);
    await near.write(entryName({ scope, key }), text);
    await near.write(latestName(scope, entry.project), key);
    await near.keepToBudget();
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error;
    onTrouble(`the cache ${near.root} keeps nothing: ${(error as Error).message}`);
    return false;
  }
  await sendFar(tiers, { scope, key, entry, text });
  return true;
}

async function takeFrom(near: FolderCache, { root, file }: { root: string; file: CachedFile }): Promise<boolean> {
  if (await near.has(file)) return true;
  const handle = await openRegularFile(root, file.path);
  if (!handle) return false;
  try {
    return await near.take(file, handle);
  } finally {
    await handle.close();
  }
}

async function sendFar(
  { near, far }: Tiers,
  put: { scope: string; key: string; entry: CacheEntry; text: string },
): Promise<void> {
  const { scope, key, entry, text } = put;
  // A large one is for the first tier that takes it; what each of them has is found again in the order in which it was sent.
  const different = new Map(entry.files.map((file) => [file.sha256, file])).values();
  await inParallel(different, AT_ONCE, async (file) => {
    for (const tier of far) if (await tier.send(file, near.blobPath(file), NEVER)) return;
  });
  for (const tier of far) {
    await tier.write(entryName({ scope, key }), text, NEVER);
    await tier.write(latestName(scope, entry.project), key, NEVER);
  }
}
