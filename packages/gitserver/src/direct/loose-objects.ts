/** Objects as files of their own, as Git keeps new ones. Each is whole and synced before it bears its name. */
import { randomBytes } from 'node:crypto';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { GitObject } from '@gityard/store/codec';

export async function writeLooseObjects(repository: string, objects: Iterable<GitObject>): Promise<void> {
  await Promise.all([...objects].map((it) => writeLooseObject(repository, it)));
}

async function writeLooseObject(repository: string, { oid, type, body }: GitObject): Promise<void> {
  const folder = join(repository, 'objects', oid.slice(0, 2));
  const path = join(folder, oid.slice(2));
  if (await exists(path)) return;
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

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
