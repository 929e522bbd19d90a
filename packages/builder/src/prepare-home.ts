/**
 * The home that all builds of an agent share, so that package caches stay warm. npm and NuGet read from the home alone
 * where packages come from, so that is put there; everything else a build needs is told by environment. Builds may write
 * in it: where they are confined, so is what writes here, and a link that a build left leads nowhere.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BuildContext } from './build-context.ts';
import { BuildError } from './build-error.ts';
import { npmSettings } from './npm-settings.ts';
import { runProcess } from './process/run-process.ts';
import { noSandbox } from './sandbox/sandbox.ts';

const NUGET_SETTINGS = [join('.nuget', 'NuGet', 'NuGet.Config'), join('.config', 'NuGet', 'NuGet.Config')];

/** Path below the home → text. */
type Settings = ReadonlyMap<string, string>;

export async function prepareHome(build: BuildContext): Promise<void> {
  const settings = await ownSettings();
  const { request, folders } = build;
  if ((request.sandbox ?? noSandbox).name !== noSandbox.name && request.job.task === null)
    await writeInside(build, settings);
  else for (const [path, text] of settings) await replace(join(folders.home, path), text);
}

/** Folders of this machine that the owner's NuGet settings name as sources of packages. */
export async function packageFolders(): Promise<string[]> {
  const texts = await Promise.all(NUGET_SETTINGS.map((path) => textOf(join(homedir(), path))));
  return texts.flatMap((text) => [...(text ?? '').matchAll(/\bvalue="(\/[^"]+)"/g)].map(([, folder = '']) => folder));
}

async function ownSettings(): Promise<Settings> {
  const found = NUGET_SETTINGS.map(async (path) => [path, await textOf(join(homedir(), path))] as const);
  const nuget = (await Promise.all(found)).filter((it): it is readonly [string, string] => it[1] !== null);
  return new Map([...nuget, ['.npmrc', await npmSettings({ environment: process.env, home: homedir() })]]);
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Whole at any moment, since a build in another slot may be reading it; and written anew, since a build may have changed it. */
async function replace(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomBytes(4).toString('hex')}`;
  await writeFile(temporary, text);
  await rename(temporary, path);
}

/** Paths are its arguments, texts its environment: no list of processes shows what stands in them. */
const SCRIPT = `cd "$HOME" || exit 1; n=0
for path; do
  mkdir -p "$(dirname "$path")" && new=$(mktemp "$path.XXXXXXXX") && printenv "TEXT_$n" > "$new" && mv -fT "$new" "$path" || exit 1
  n=$((n + 1))
done`;

async function writeInside({ cell, folders, stop }: BuildContext, settings: Settings): Promise<void> {
  let said = '';
  const texts = Object.fromEntries([...settings.values()].map((text, at) => [`TEXT_${at}`, text.trimEnd()]));
  const environment = { ...texts, HOME: folders.home, PATH: '/usr/bin:/bin' };
  const program = { argv: ['sh', '-c', SCRIPT, 'sh', ...settings.keys()], folder: folders.home, environment };
  const { exitCode } = await runProcess({
    ...(await cell.confine(program, { stage: 'Restore', network: 'none' })),
    stop: stop.signal,
    graceMs: 1_000,
    onOutput: (chunk) => {
      said = (said + chunk).slice(0, 500);
    },
  });
  stop.check();
  if (exitCode !== 0)
    throw new BuildError(
      'infrastructure',
      `the home of the builds of this agent cannot be used: ${said.trim()}; remove ${folders.home}`,
    );
}
