/**
 * npm, pnpm and yarn: how each installs what is locked and runs a script, at the top or in some of the workspaces. Which one a
 * repository wants it says itself; whether it is on the agent shows when it is started.
 */
import { BuildError } from '../../build-error.ts';
import type { PackageFile } from './package-file.ts';

export interface Manager {
  readonly name: 'npm' | 'pnpm' | 'yarn';
  readonly install: readonly string[];
  /** In no workspace: at the top. */
  run(script: 'build' | 'test', workspaces: readonly PackageFile[]): readonly (readonly string[])[];
}

export interface Chosen {
  readonly root: PackageFile;
  /** At the top of the checkout. */
  readonly names: readonly string[];
}

export function managerOf(chosen: Chosen): Manager {
  const { root, names } = chosen;
  const wanted = root.packageManager?.split('@')[0];
  if (wanted === 'pnpm' || (wanted === undefined && names.includes('pnpm-lock.yaml'))) return pnpm(chosen);
  if (wanted === 'yarn' || (wanted === undefined && names.includes('yarn.lock'))) return yarn(chosen);
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
  };
}

function pnpm({ names }: Chosen): Manager {
  const isLocked = names.includes('pnpm-lock.yaml');
  return {
    name: 'pnpm',
    install: ['pnpm', 'install', isLocked ? '--frozen-lockfile' : '--no-frozen-lockfile'],
    run: (script, workspaces) => [
      ['pnpm', ...workspaces.flatMap(({ folder }) => ['--filter', `./${folder}`]), 'run', script],
    ],
  };
}

function yarn({ root, names }: Chosen): Manager {
  const isModern = names.includes('.yarnrc.yml') || /^yarn@([2-9]|\d\d)/.test(root.packageManager ?? '');
  const locked = names.includes('yarn.lock') ? [isModern ? '--immutable' : '--frozen-lockfile'] : [];
  return {
    name: 'yarn',
    install: ['yarn', 'install', ...locked],
    run(script, workspaces) {
      if (workspaces.length === 0) return [['yarn', 'run', script]];
      // It knows workspaces by their names alone; one without cannot be meant.
      return workspaces.flatMap(({ name }) => (name === null ? [] : [['yarn', 'workspace', name, 'run', script]]));
    },
  };
}
