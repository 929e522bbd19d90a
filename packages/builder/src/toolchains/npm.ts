/** Node packages: locked installation where there is a lock file, the package's own scripts, and `npm pack`. */
import { join } from 'node:path';
import { BuildError } from '../build-error.ts';
import { onlyScriptTestsFailed } from '../reports/only-tests-failed.ts';
import { readText } from '../workspace-files.ts';
import { type Ground, isOff, NOTHING_PLANNED, type Step, type ToolchainRules } from './toolchain.ts';

interface PackageFile {
  readonly name?: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

const LOCK_FILES = ['npm-shrinkwrap.json', 'package-lock.json'];

export const npm: ToolchainRules = {
  name: 'npm',
  recognises: (names) => names.includes('package.json'),
  async plan(ground) {
    const file = await readPackageFile(ground.source);
    const { build, test } = file.scripts ?? {};
    return {
      ...NOTHING_PLANNED,
      steps: {
        Restore: [await restore(ground)],
        ...(build ? { Build: [{ argv: ['npm', 'run', 'build'], progress: 'Building with npm run build…' }] } : {}),
        ...(test && !isPlaceholder(test) && !isOff(ground.parameters.runTests)
          ? { Test: [{ argv: ['npm', 'test'], progress: 'Testing with npm test…' }] }
          : {}),
        ...(isPublishable(file) ? { Package: [pack(ground)] } : {}),
      },
      onlyTestsFailed: (end) => file.scripts?.posttest === undefined && onlyScriptTestsFailed(test ?? '', end),
      environment: { NPM_CONFIG_CACHE: join(ground.home, '.npm'), NPM_CONFIG_UPDATE_NOTIFIER: 'false' },
    };
  },
};

async function readPackageFile(source: string): Promise<PackageFile> {
  try {
    const value: unknown = JSON.parse((await readText(source, 'package.json')) ?? '');
    if (typeof value === 'object' && value !== null) return value as PackageFile;
  } catch {
    // Told below, in words that name the file.
  }
  throw new BuildError('code', 'package.json is not a JSON object');
}

async function restore({ source, names }: Ground): Promise<Step> {
  const quiet = ['--no-audit', '--no-fund'];
  const lock = LOCK_FILES.find((name) => names.includes(name));
  if (!lock) return { argv: ['npm', 'install', ...quiet], progress: 'Restoring packages without a lock file…' };
  return {
    argv: ['npm', 'ci', ...quiet],
    progress: `Restoring ${countPackages(await readText(source, lock))} packages…`,
  };
}

/** Only for the progress line; a lock file that we cannot read is npm's to complain about. */
function countPackages(lock: string | null): number {
  return [...(lock ?? '').matchAll(/^\s+"(?:[^"]*\/)?node_modules\/[^"]+": \{$/gm)].length;
}

/** What `npm init` writes until somebody has tests. */
function isPlaceholder(script: string): boolean {
  return /no test specified/.test(script);
}

function isPublishable(file: PackageFile): boolean {
  const declares = ['files', 'bin', 'main', 'exports'].some((field) => file[field] !== undefined);
  return declares && Boolean(file.name && file.version) && file.private !== true;
}

function pack({ staging }: Ground): Step {
  return { argv: ['npm', 'pack', '--pack-destination', staging], progress: 'Packing with npm pack…' };
}
