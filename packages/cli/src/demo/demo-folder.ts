/** Where a demonstration lies: a folder that was made for it, and goes with it, or one that a person named, which has to be empty. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { usageError } from '../errors.ts';
import { makeFolder } from '../start/make-folder.ts';

export interface DemoFolder {
  readonly path: string;
  /** It goes when the demonstration ends. */
  readonly isOurs: boolean;
  remove(): Promise<void>;
}

/** Throws USAGE where something lies already: nothing of anybody's is ever written to or removed. */
export async function demoFolder({
  home,
  cwd,
  keep,
}: {
  home: string | undefined;
  cwd: string;
  keep: boolean;
}): Promise<DemoFolder> {
  const path = home === undefined ? await mkdtemp(join(tmpdir(), 'gityard-demo-')) : resolve(cwd, home);
  await makeFolder(path);
  if ((await readdir(path)).length > 0)
    throw usageError(`${path} is not empty`, 'name a new folder with --home, or leave it out');
  const isOurs = home === undefined && !keep;
  return { path, isOurs, remove: async () => (isOurs ? rm(path, { recursive: true, force: true }) : undefined) };
}
