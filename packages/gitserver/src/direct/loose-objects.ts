/** Objects as files of their own, as Git keeps new ones. Each is whole and synced before it bears its name. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { GitObject } from '@gityard/store/codec';

export async function writeLooseObjects(repository: string, objects: Iterable<GitObject>): Promise<void> {
  await Promise.all([...objects].map((it) => writeLooseObject(repository, it)));
}

async function writeLooseObject(repository: string, { oid, type, body }: GitObject): Promise<void> {
  const folder = join(repository, 'objects', oid.slice(0, 2));
  const path = join(folder, oid.slice(2));
  if (await freshened(path)) return;
  await mkdir(folder, { recursive: true });
  // Git's own cleaning removes what is called so and was left behind.
  const draft = join(folder, `tmp_obj_${randomBytes(6).toString('hex')}`);
  const bytes = deflateSync(Buffer.concat([Buffer.from(`${type} ${body.length}\0`), body]), { level: 1 });
  try {
    const file = await open(draft, 'wx', 0o444);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** False: it is not there. As young as a new one it is safe from a cleaning that began before it was needed again. */
async function freshened(path: string): Promise<boolean> {
  const now = new Date();
  return utimes(path, now, now).then(
    () => true,
    () => false,
  );
}
