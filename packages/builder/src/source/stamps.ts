/**
 * What a file of a checkout looked like when it was written, so that it is known again without being read: a build that
 * changes a source leaves another stamp. One that takes pains to fake it harms its own branch and nobody else.
 */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';

/** Size, time of the last change and number of the file; null where there is none. */
export type Stamp = string | null;

const AT_ONCE = 128;

export async function stampsOf(folder: string, paths: readonly string[]): Promise<ReadonlyMap<string, Stamp>> {
  const stamps = new Map<string, Stamp>();
  for (let from = 0; from < paths.length; from += AT_ONCE) {
    const some = paths.slice(from, from + AT_ONCE);
    const found = await Promise.all(some.map((path) => stampOf(join(folder, path))));
    for (const [index, path] of some.entries()) stamps.set(path, found[index] ?? null);
  }
  return stamps;
}

async function stampOf(path: string): Promise<Stamp> {
  const found = await lstat(path, { bigint: true }).catch(() => null);
  return found && `${found.mode & 0o170111n} ${found.size} ${found.mtimeNs} ${found.ino}`;
}
