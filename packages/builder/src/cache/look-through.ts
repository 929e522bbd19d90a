/**
 * Looks through the folder of a cache for its owner: what is in it and whose, whether its bytes are what their names say, and
 * what goes when a scope is cleared. Agents may use it meanwhile; what vanishes under their hands is a miss to them.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFiles, type FoundFile } from './sweep-folder.ts';
import { scopeId } from './tiered-cache.ts';

export interface CacheFacts {
  readonly folder: string;
  readonly sizeBytes: number;
  readonly entries: number;
  readonly blobs: number;
  /** Most entries first. */
  readonly scopes: readonly { readonly scope: string; readonly entries: number }[];
}

export async function cacheFacts(folder: string): Promise<CacheFacts> {
  const scopes = new Map<string, number>();
  let [sizeBytes, entries, blobs] = [0, 0, 0];
  for await (const { place, sizeBytes: size } of cacheFiles(folder)) {
    const [kind, scope = ''] = place;
    sizeBytes += size;
    if (kind === 'blobs') blobs++;
    if (kind !== 'entry') continue;
    entries++;
    scopes.set(scope, (scopes.get(scope) ?? 0) + 1);
  }
  const named = [...scopes].map(async ([scope, count]) => ({ scope: await nameOf(folder, scope), entries: count }));
  const rows = (await Promise.all(named)).sort((a, b) => b.entries - a.entries);
  return { folder, sizeBytes, entries, blobs, scopes: rows };
}

const nameOf = (folder: string, scope: string): Promise<string> =>
  readFile(join(folder, 'scopes', scope), 'utf8').catch(() => scope);

export interface CacheVerified {
  readonly verified: number;
  /** Paths below the folder. */
  readonly damaged: readonly string[];
}

/** @param onDamaged gets the path of each that is not what its name says */
export async function verifyCache(
  folder: string,
  onDamaged: (path: string) => Promise<void> = async () => undefined,
): Promise<CacheVerified> {
  const damaged: string[] = [];
  let verified = 0;
  for await (const file of cacheFiles(folder)) {
    const right = await isRight(file);
    if (right === null) continue;
    verified++;
    if (right) continue;
    damaged.push(file.place.join('/'));
    await onDamaged(file.path);
  }
  return { verified, damaged };
}

/** Null: it says nothing by which it could be checked, or has vanished. */
async function isRight({ path, place: [kind] }: FoundFile): Promise<boolean | null> {
  if (kind !== 'blobs' && kind !== 'entry') return null;
  try {
    if (kind === 'blobs') return (await digestOf(path)) === basename(path);
    const text = await readFile(path, 'utf8');
    return createHash('sha256').update(text.slice(65)).digest('hex') === text.slice(0, 64);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

export interface ClearedCache {
  readonly removed: number;
  readonly sizeBytes: number;
}

/** Of one scope, with the bytes that no other needs; without a scope all of it. */
export async function clearCache(
  folder: string,
  { scope, dryRun }: { scope: string | undefined; dryRun: boolean },
): Promise<ClearedCache> {
  const found: FoundFile[] = [];
  for await (const file of cacheFiles(folder)) if (file.place[0] !== 'tmp') found.push(file);
  const gone = scope === undefined ? found : await ofScope(found, scopeId(scope));
  if (!dryRun) for (const { path } of gone) await rm(path, { force: true });
  return { removed: gone.length, sizeBytes: gone.reduce((sum, it) => sum + it.sizeBytes, 0) };
}

async function ofScope(found: readonly FoundFile[], scope: string): Promise<FoundFile[]> {
  const [own, others] = [new Set<string>(), new Set<string>()];
  for (const { path, place } of found) {
    if (place[0] !== 'entry') continue;
    const text = await readFile(path, 'utf8').catch(() => '');
    for (const [, sha256 = ''] of text.matchAll(/"sha256":"([0-9a-f]{64})"/g))
      (place[1] === scope ? own : others).add(sha256);
  }
  return found.filter(({ path, place }) =>
    place[0] === 'blobs' ? own.has(basename(path)) && !others.has(basename(path)) : place[1] === scope,
  );
}
