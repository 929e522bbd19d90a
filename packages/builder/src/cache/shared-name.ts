/**
 * By which name agents know that they look into the same cache, so that one finds there what another has just put in. Of far
 * tiers it comes from where they are; a folder alone bears a name of its own, whatever it is called on each machine.
 */
import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CacheSettings, cacheFolder } from './open-cache.ts';

export async function sharedName(
  { folder, redis, store }: CacheSettings,
  { buildFolder }: { buildFolder: string },
): Promise<string> {
  const far = [redis === undefined ? '' : withoutLogin(redis), store?.address ?? ''];
  if (far.some((it) => it !== '')) return nameFrom(far.join(' '));
  return nameFrom(await idOf(folder ?? cacheFolder(buildFolder)));
}

/** A letter first: versions of tools are compared as numbers. */
const nameFrom = (text: string): string => `c${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;

/** Who logs in otherwise looks into the same one. */
function withoutLogin(address: string): string {
  if (!URL.canParse(address)) return address;
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}

/** Beside the names of scopes, which stay however old they are. The first who comes names it; a link is there whole or not at all. */
async function idOf(folder: string): Promise<string> {
  const path = join(folder, 'scopes', 'cache-id');
  const part = `${path}.${randomUUID()}`;
  await mkdir(join(folder, 'scopes'), { recursive: true, mode: 0o700 });
  try {
    await writeFile(part, randomUUID(), { flag: 'wx' });
    await link(part, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(part, { force: true });
  }
  return (await readFile(path, 'utf8')).slice(0, 100);
}
