/**
 * npm, pnpm and yarn: how each installs what is locked, runs a script, at the top or in some of the workspaces, and packs. Which
 * one a repository wants it says itself; whether it is on the agent shows when it is started.
 */
import { join } from 'node:path';
import { BuildError } from '../../build-error.ts';
import type { PackageFile } from './package-file.ts';

export interface Manager {
  readonly name: 'npm' | 'pnpm' | 'yarn';
  readonly install: readonly string[];
  /** In no workspace: at the top. */
  run(script: 'build' | 'test', workspaces: readonly PackageFile[]): Commands;
  /** Into a folder; each writes down the versions of workspaces in its own way (`workspace:*`), which the others do not know. */
  pack(packages: readonly PackageFile[], folder: string): Commands;
  environment(home: string): Environment;
}

type Environment = Readonly<Record<string, string>>;
type Commands = readonly (readonly string[])[];

export interface Chosen {
  readonly root: PackageFile;
  /** At the top of the checkout. */
  readonly names: readonly string[];
  /** The text of the lock file; by its form the later yarn is known where nothing else says so. */
  readonly lock?: string;
}

export function managerOf(chosen: Chosen): Manager {
  const { root, names } = chosen;
  const wanted = root.packageManager?.split('@')[0];
  const isSaidBy = (...files: readonly string[]) => wanted === undefined && files.some((it) => names.includes(it));
  if (wanted === 'pnpm' || isSaidBy('pnpm-lock.yaml', 'pnpm-workspace.yaml')) return pnpm(chosen);
  if (wanted === 'yarn' || isSaidBy('yarn.lock', '.yarnrc.yml')) return yarn(chosen);
  if (wanted === undefined || wanted === 'npm') return npm(chosen);
  throw new BuildError(
    'code',
    `package.json asks for the package manager ${JSON.stringify(wanted.slice(0, 50))}; there are npm, pnpm and yarn`,
  );
}

function npm({ names }: Chosen): Manager {
  const isLocked = names.includes('package-lock.json') || names.includes('npm-shrinkwrap.json');
  return {
    name: 'npm',
    install: ['npm', isLocked ? 'ci' : 'install', '--no-audit', '--no-fund'],
    run(script, workspaces) {
      if (workspaces.length === 0) return [script === 'test' ? ['npm', 'test'] : ['npm', 'run', script]];
      return [['npm', 'run', script, ...workspaces.flatMap(({ folder }) => ['-w', folder])]];
    },
    pack: npmPack,
    environment: () => ({}),
  };
}

function npmPack(packages: readonly PackageFile[], folder: string): Commands {
  const workspaces = packages.flatMap((it) => (it.folder === '' ? [] : ['-w', it.folder]));
  const hasRoot = packages.some((it) => it.folder === '') && workspaces.length > 0;
  const root = hasRoot ? ['--include-workspace-root'] : [];
  return [['npm', 'pack', ...workspaces, ...root, '--pack-destination', folder]];
}

/** One after the other, as npm does it: otherwise lines of several are mixed, each behind the name of its package. */
const IN_TURN = '--workspace-concurrency=1';

function pnpm({ names }: Chosen): Manager {
  const isLocked = names.includes('pnpm-lock.yaml');
  return {
    name: 'pnpm',
    install: ['pnpm', 'install', isLocked ? '--frozen-lockfile' : '--no-frozen-lockfile'],
    run(script, workspaces) {
      if (workspaces.length === 0) return [['pnpm', 'run', script]];
      // Tests that fail are no reason not to run those of the others.
      const options = [IN_TURN, ...(script === 'test' ? ['--no-bail'] : [])];
      return [['pnpm', ...options, ...workspaces.flatMap(({ folder }) => ['--filter', `./${folder}`]), 'run', script]];
    },
    pack: (packages, folder) =>
      packages.map((it) => ['pnpm', '-C', `./${it.folder}`, 'pack', '--pack-destination', folder]),
    // By itself it puts its store beside the checkout where no file of the home can be linked into that.
    environment: (home) => ({ NPM_CONFIG_STORE_DIR: join(home, '.pnpm-store') }),
  };
}

function yarn(chosen: Chosen): Manager {
  const isModern = isModernYarn(chosen);
  const isLocked = chosen.names.includes('yarn.lock');
  return {
    name: 'yarn',
    install: ['yarn', 'install', ...(isLocked ? [isModern ? '--immutable' : '--frozen-lockfile'] : [])],
    run(script, workspaces) {
      if (workspaces.length === 0) return [['yarn', 'run', script]];
      return workspaces.flatMap((it) => inWorkspace(it, 'run', script));
    },
    pack(packages, folder) {
      if (!isModern) return npmPack(packages, folder);
      const words = ['pack', '--out', join(folder, '%s-%v.tgz')];
      return packages.flatMap((it) => (it.folder === '' ? [['yarn', ...words]] : inWorkspace(it, ...words)));
    },
    // On a build server the later one makes no lock file of its own accord, and fails for want of one.
    environment: (): Environment => (isLocked ? {} : { YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' }),
  };
}

function isModernYarn({ root, names, lock = '' }: Chosen): boolean {
  return (
    names.includes('.yarnrc.yml') || /^yarn@([2-9]|\d\d)/.test(root.packageManager ?? '') || /^__metadata:/m.test(lock)
  );
}

/** It knows workspaces by their names alone; one without, or with one that is an option, cannot be meant. */
const inWorkspace = ({ name }: PackageFile, ...words: readonly string[]): Commands =>
  name === null || name.startsWith('-') ? [] : [['yarn', 'workspace', name, ...words]];
