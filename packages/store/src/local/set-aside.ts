/** A copy that is not to be trusted is moved away, never deleted at once: somebody may want to know what happened to it. */
import { basename, dirname, join } from 'node:path';

import { codeOf } from './damage.ts';
import type { Disk } from './disk.ts';

const KEPT = 2;

/** The new path; undefined when there was nothing to move. */
export async function setAside(disk: Disk, path: string): Promise<string | undefined> {
  const target = `${path}.bad-${new Date().toISOString().replace(/[-:.]/g, '')}`;
  try {
    await disk.move(path, target);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  await forgetOldest(disk, path);
  return target;
}

async function forgetOldest(disk: Disk, path: string): Promise<void> {
  const [folder, prefix] = [dirname(path), `${basename(path)}.bad-`];
  const names = (await disk.list(folder)).map((it) => it.name).filter((it) => it.startsWith(prefix));
  for (const name of names.sort().slice(0, -KEPT)) await disk.remove(join(folder, name));
}
