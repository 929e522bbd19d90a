/** Where the builder works below the agent's folder, and on which disk that is. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

export const buildFolder = (home: string): string => join(home, 'build');

/** Its owner may have put it on a disk of its own; before the first build it is not there yet. */
export async function folderOnBuildDisk(home: string): Promise<string> {
  const folder = buildFolder(home);
  return stat(folder).then(
    () => folder,
    () => home,
  );
}
