/**
 * The home that all builds of an agent share, so that package caches stay warm. NuGet reads the names of its sources
 * from the home alone, so the user's own file is copied there; everything else a build needs is told by environment.
 */
import { copyFile, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const NUGET_SETTINGS = [join('.nuget', 'NuGet', 'NuGet.Config'), join('.config', 'NuGet', 'NuGet.Config')];

export async function prepareHome(home: string): Promise<void> {
  await Promise.all(NUGET_SETTINGS.map((path) => copyIfThere(join(homedir(), path), join(home, path))));
}

async function copyIfThere(source: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  try {
    await copyFile(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
