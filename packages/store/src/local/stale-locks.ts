/** Locks of Git's programs that ended before they could take them away. To be called by whoever holds the guard only. */
import { join } from 'node:path';

import type { Disk } from './disk.ts';

/** No program of Git's works in so small a repository for so long. */
const STALE_MS = 10 * 60_000;

export async function removeStaleLocks(disk: Disk, folder: string): Promise<void> {
  for (const { name, isFolder } of await disk.list(folder)) {
    const path = join(folder, name);
    if (isFolder) await removeStaleLocks(disk, path);
    else if (name.endsWith('.lock') && (await disk.ageMs(path)) > STALE_MS) await disk.remove(path);
  }
}
