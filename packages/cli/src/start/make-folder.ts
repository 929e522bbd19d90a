/** Makes a folder with all above it. Node's own way turns in a circle for ever where nothing can be made (`/proc/x/y`). */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (!isMissing(error)) return refuseUnlessFolder(path, error);
    if (dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path).catch((again: unknown) => refuseUnlessFolder(path, again));
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** A folder that is there is what was wanted, even where none could be made. */
async function refuseUnlessFolder(path: string, error: unknown): Promise<void> {
  const { stat } = await import('node:fs/promises');
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) throw error;
}
