/** A folder of one spec's own, and the way to be rid of it. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

export async function temporaryFolder(): Promise<TemporaryFolder> {
  // The real path, because on some machines the temporary folder is a link and programs print where it leads.
  const path = await mkdtemp(join(await realpath(tmpdir()), 'gityard-'));
  // A program that is just ending may still write into it, so an emptied folder can turn out not to be empty.
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }) };
}
