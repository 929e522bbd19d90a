/**
 * `sbom.cdx.json`: what a build is made of, by the lock files that lie in its workspace when it has succeeded. Made by us, and
 * from text alone: nothing of the repository runs for it. A file that cannot be read is told of, and the rest still counts.
 */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BuildContext } from '../build-context.ts';
import { isOff } from '../toolchains/toolchain.ts';
import { readText, walk } from '../workspace-files.ts';
import type { Component, LockFile, LockReader } from './component.ts';
import { documentOf } from './document.ts';
import { maven } from './maven.ts';
import { npmLock } from './npm.ts';
import { nuget } from './nuget.ts';
import { pnpmLock } from './pnpm.ts';
import { yarnLock } from './yarn.ts';

const SBOM = 'sbom.cdx.json';
/** To add one: its file beside this, and here. */
const READERS: readonly LockReader[] = [npmLock, pnpmLock, yarnLock, nuget, maven];
const MOST_FILES = 500;

/** The folder in which it lies, ours and not the build's; null: nothing in the workspace says what it is made of. */
export async function makeSbom(build: BuildContext): Promise<string | null> {
  const { request, found, folders, note } = build;
  const { repository, parameters } = request.job;
  if (repository === null || isOff({ ...found.recipe.parameters, ...parameters }.sbom)) return null;
  const paths = (await walk(folders.source)).filter((path) => READERS.some((it) => it.reads(path)));
  if (paths.length === 0) return null;
  if (paths.length > MOST_FILES) note('warning', `of ${paths.length} lock files ${MOST_FILES} were read for ${SBOM}`);
  const files = await readAll(folders.source, paths.slice(0, MOST_FILES));
  const lists = await Promise.all(READERS.map((reader) => listOf(build, reader, files)));
  const isIncomplete = paths.length > files.length || lists.some((it) => it.isIncomplete);
  const subject = { repository, commit: found.commit, isIncomplete };
  const folder = await mkdtemp(join(dirname(folders.log), 'sbom-'));
  await writeFile(
    join(folder, SBOM),
    documentOf(
      subject,
      lists.flatMap((it) => it.components),
    ),
  );
  return folder;
}

async function readAll(source: string, paths: readonly string[]): Promise<readonly LockFile[]> {
  const read: LockFile[] = [];
  for (const path of paths) {
    const text = await readText(source, path);
    if (text !== null) read.push({ path, text });
  }
  return read;
}

interface List {
  readonly components: readonly Component[];
  /** It is known that there is more. */
  readonly isIncomplete: boolean;
}

async function listOf(build: BuildContext, reader: LockReader, all: readonly LockFile[]): Promise<List> {
  const files = all.filter(({ path }) => reader.reads(path));
  if (files.length === 0) return { components: [], isIncomplete: false };
  try {
    return { components: await reader.components(files), isIncomplete: reader.isIncomplete === true };
  } catch (error) {
    const names = files
      .map(({ path }) => path)
      .join(', ')
      .slice(0, 300);
    build.note('warning', `${SBOM} leaves out ${names}: ${(error as Error).message.slice(0, 200)}`);
    return { components: [], isIncomplete: true };
  }
}
