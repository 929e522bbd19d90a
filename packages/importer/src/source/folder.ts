/** A predecessor's files in a plain folder, as somebody copied them out of it. Links are told of and never followed. */
import { lstat, opendir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toTime } from '@gityard/domain';
import { kindOfFile } from '../shapes/kind-of-file.ts';
import { tooMany } from './repository.ts';
import { FILE_LIMIT_BYTES, FILES_LIMIT, type Source, type SourceFile } from './source.ts';

export async function openFolder(folder: string): Promise<Source> {
  const paths: string[] = [];
  let others = 0;
  for await (const path of pathsIn(folder, '')) {
    if (kindOfFile(path) === null) others++;
    else paths.push(path);
    if (paths.length > FILES_LIMIT) throw tooMany(paths.length);
  }
  paths.sort();
  return {
    address: folder,
    commit: null,
    commits: null,
    others,
    files: () => filesIn(folder, paths),
    close: () => Promise.resolve(),
  };
}

const DEPTH_LIMIT = 12;

async function* pathsIn(folder: string, within: string): AsyncGenerator<string> {
  if (within.split('/').length > DEPTH_LIMIT) return;
  for await (const entry of await opendir(join(folder, within))) {
    const path = within === '' ? entry.name : `${within}/${entry.name}`;
    if (!entry.isDirectory()) yield path;
    else if (entry.name !== '.git' && entry.name !== 'node_modules') yield* pathsIn(folder, path);
  }
}

async function* filesIn(folder: string, paths: readonly string[]): AsyncGenerator<SourceFile> {
  for (const path of paths) {
    const about = await lstat(join(folder, path));
    const problem = about.isFile()
      ? about.size > FILE_LIMIT_BYTES
        ? 'is larger than what is read'
        : null
      : 'is no plain file';
    const bytes = problem === null ? await readFile(join(folder, path)) : null;
    const time = toTime(Math.trunc(about.mtimeMs));
    yield { path, bytes, problem, commit: null, time, author: null, replacedBy: null, hasOlder: false };
  }
}
