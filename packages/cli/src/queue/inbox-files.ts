/** The inbox files that words of a command line name: files, and the folders of them that an inbox may have. */
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CliError, usageError } from '../errors.ts';

const MOST_FILES = 5_000;

/** As they were named, in order. Throws when there is none, or one of them is not there. */
export async function inboxFiles(names: readonly string[], cwd: string): Promise<readonly string[]> {
  if (names.length === 0) throw usageError('no file was given', 'name files of the inbox, or their folder');
  const files = (await Promise.all(names.map((name) => filesAt(name, cwd)))).flat();
  if (files.length > MOST_FILES) throw usageError(`${files.length} files are too many`, `name ${MOST_FILES} at most`);
  return files;
}

async function filesAt(name: string, cwd: string): Promise<string[]> {
  const found = await stat(resolve(cwd, name)).catch((cause: unknown) => {
    throw new CliError('NOT_FOUND', `${name} is not there`, { hint: 'check the path', cause });
  });
  if (!found.isDirectory()) return [name];
  const entries = await readdir(resolve(cwd, name), { withFileTypes: true });
  const folders = entries.filter((it) => it.isDirectory()).map((it) => join(name, it.name));
  const inFolders = await Promise.all(folders.map(async (it) => jsonIn(it, await readdir(resolve(cwd, it)))));
  return [
    ...jsonIn(
      name,
      entries.filter((it) => it.isFile()).map((it) => it.name),
    ),
    ...inFolders.flat(),
  ].sort();
}

const jsonIn = (folder: string, names: readonly string[]): string[] =>
  names.filter((it) => it.endsWith('.json')).map((it) => join(folder, it));
