/** Moves one ref by compare-and-swap, under the lock file by which Git's own programs exclude each other. */
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isOid } from '@gityard/store/codec';
import type { RefMove } from './push-body.ts';

/** `locked`: somebody else has the lock, or there is no place for it. */
export type Moved = { readonly kind: 'moved' | 'locked' } | { readonly kind: 'changed'; readonly to: string };

export async function moveRef(repository: string, { ref, old, next }: RefMove): Promise<Moved> {
  const path = join(repository, ref);
  const lock = `${path}.lock`;
  const file = await open(lock, 'wx').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST' || error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (!file) return { kind: 'locked' };
  try {
    const current = await readRef(repository, ref);
    if (current !== old) return { kind: 'changed', to: current ?? 'nothing' };
    await file.writeFile(`${next}\n`);
    await file.sync();
    await rename(lock, path);
    return { kind: 'moved' };
  } finally {
    await file.close();
    // Gone already where the ref was moved.
    await rm(lock, { force: true });
  }
}

/** Undefined: it is not there, or points to another ref. */
export async function readRef(repository: string, ref: string): Promise<string | undefined> {
  const loose = await readText(join(repository, ref));
  if (loose !== undefined) return isOid(loose.trim()) ? loose.trim() : undefined;
  const packed = (await readText(join(repository, 'packed-refs'))) ?? '';
  const line = packed.split('\n').find((it) => it.endsWith(` ${ref}`));
  return line?.split(' ')[0];
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'latin1');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
