/**
 * The home that all builds of an agent share, so that package caches stay warm. npm and NuGet read from the home alone
 * where packages come from, so that is put there; everything else a build needs is told by environment.
 */
import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { npmSettings } from './npm-settings.ts';

const NUGET_SETTINGS = [join('.nuget', 'NuGet', 'NuGet.Config'), join('.config', 'NuGet', 'NuGet.Config')];

export async function prepareHome(home: string): Promise<void> {
  await Promise.all(NUGET_SETTINGS.map((path) => copyIfThere(join(homedir(), path), join(home, path))));
  await replace(join(home, '.npmrc'), await npmSettings({ environment: process.env, home: homedir() }));
}

async function copyIfThere(source: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  try {
    await copyFile(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Whole at any moment, since a build in another slot may be reading it; and written anew, since a build may have changed it. */
async function replace(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}`;
  await writeFile(temporary, text);
  await rename(temporary, path);
}
